import { Component, computed, input, model } from '@angular/core';
import { SOURCE_TYPES, type SourceType } from '../cameras/source-view.ts';
import { type Choice, SelectField } from '../fields/select-field.ts';
import { TextField } from '../fields/text-field.ts';
import type { CameraDraft } from './camera-draft.ts';

const HIDDEN = '***';

const TYPES: readonly Choice<SourceType>[] = SOURCE_TYPES.map(({ type, means }) => ({
  value: type,
  words: means,
}));

const TRANSPORTS: readonly Choice<CameraDraft['transport']>[] = [
  { value: 'tcp', words: 'TCP' },
  { value: 'udp', words: 'UDP' },
];

/** Where a camera's pictures come from. */
@Component({
  selector: 'lo-source-fields',
  imports: [SelectField, TextField],
  templateUrl: './source-fields.html',
})
export class SourceFields {
  readonly draft = model.required<CameraDraft>();
  readonly problems = input.required<Readonly<Record<string, string>>>();
  protected readonly types = TYPES;
  protected readonly transports = TRANSPORTS;

  protected readonly urlHint = computed(() => {
    const { url, type } = this.draft();
    if (url.includes(HIDDEN))
      return `${HIDDEN} stands for the stored password, which Lookout shows to nobody. Leave it and it stays; it has to be typed anew when the host or the user name changes.`;
    switch (type) {
      case 'rtsp':
        return 'As the manual of the camera has it, with user name and password before the host. They are stored encrypted and shown to nobody.';
      case 'hls':
        return 'Address of the playlist. A password in it is stored encrypted and shown to nobody.';
      case 'http':
      case 'usb':
      case 'file':
      case 'test':
        return 'A password in it is stored encrypted and shown to nobody.';
    }
  });
  protected readonly urlExample = computed(
    () =>
      ({
        rtsp: 'rtsp://user:password@10.0.0.5/stream1',
        http: 'http://10.0.0.6/video.mjpg',
        hls: 'https://cameras.example/gate/index.m3u8',
      })[this.draft().type as string] ?? '',
  );

  protected set(changes: Partial<CameraDraft>): void {
    this.draft.update((draft) => ({ ...draft, ...changes }));
  }
}
