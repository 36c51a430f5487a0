import { Component, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Deletions } from './deletions.ts';

/** Offers to take deletions back, and says which ones failed. */
@Component({
  selector: 'lo-undo-bar',
  imports: [MatButton],
  template: `
    @for (deletion of deletions.list(); track deletion.camera.id) {
      <p role="status" [class.failed]="deletion.problem !== null">
        @if (deletion.problem === null) {
          <span
            ><b>{{ deletion.camera.name }}</b> is being deleted.</span
          >
          <button matButton type="button" (click)="deletions.undo(deletion.camera.id)">
            Undo<span class="unseen"> the deletion of {{ deletion.camera.name }}</span>
          </button>
        } @else {
          <span
            ><b>{{ deletion.camera.name }}</b> was not deleted. {{ deletion.problem }}</span
          >
          <button matButton type="button" (click)="deletions.undo(deletion.camera.id)">
            Dismiss
          </button>
        }
      </p>
    }
  `,
  styles: `
    :host {
      position: fixed;
      bottom: 16px;
      left: 50%;
      z-index: 20;
      display: flex;
      flex-direction: column;
      gap: 8px;
      width: max-content;
      max-width: calc(100vw - 32px);
      transform: translateX(-50%);
    }
    p {
      display: flex;
      align-items: center;
      justify-content: space-between;
      gap: 16px;
      padding: 6px 8px 6px 16px;
      border: 1px solid var(--lo-line);
      border-radius: 8px;
      background: var(--lo-raised);
      box-shadow: 0 4px 16px rgb(0 0 0 / 40%);
    }
    .failed {
      border-color: var(--lo-red);
      background: var(--lo-red-surface);
    }
    span {
      overflow-wrap: anywhere;
    }
  `,
})
export class UndoBar {
  protected readonly deletions = inject(Deletions);
}
