import { MatDialogConfig } from '@angular/material/dialog';

/** How every dialog of the page is opened. */
export function dialogLook<Data>(data?: Data): MatDialogConfig<Data> {
  const config = new MatDialogConfig<Data>();
  config.width = '420px';
  config.data = data ?? null;
  return config;
}
