import { Component, inject } from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import { MatDivider } from '@angular/material/divider';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { MatTooltip } from '@angular/material/tooltip';
import { Icon } from '../shell/icon.ts';
import { Arrangement, LAYOUTS } from './arrangement.ts';

/** How many tiles share the window, and which cameras have one. */
@Component({
  selector: 'lo-layout-menu',
  imports: [Icon, MatDivider, MatIconButton, MatMenu, MatMenuItem, MatMenuTrigger, MatTooltip],
  template: `
    <button
      matIconButton
      type="button"
      matTooltip="Tiles"
      aria-label="Tiles"
      [matMenuTriggerFor]="menu"
    >
      <lo-icon name="grid" />
    </button>
    <mat-menu #menu="matMenu">
      @for (layout of layouts; track layout) {
        <button
          mat-menu-item
          type="button"
          role="menuitemradio"
          [attr.aria-checked]="arrangement.layout() === layout"
          (click)="arrangement.choose(layout)"
        >
          <lo-icon name="done" [class.not]="arrangement.layout() !== layout" />
          {{ layout === 'auto' ? 'As many as fit' : layout + ' at a time' }}
        </button>
      }
      <mat-divider />
      <button
        mat-menu-item
        type="button"
        role="menuitemcheckbox"
        [attr.aria-checked]="arrangement.withOff()"
        (click)="arrangement.showOff(!arrangement.withOff())"
      >
        <lo-icon name="done" [class.not]="!arrangement.withOff()" />
        Also cameras that are off
      </button>
    </mat-menu>
  `,
  styles: `
    .not {
      visibility: hidden;
    }
    button {
      color: var(--lo-text);
    }
  `,
})
export class LayoutMenu {
  protected readonly arrangement = inject(Arrangement);
  protected readonly layouts = LAYOUTS;
}
