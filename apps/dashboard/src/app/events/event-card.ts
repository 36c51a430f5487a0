import { Component, computed, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { classColour } from '../picture/class-colour.ts';
import { Icon } from '../shell/icon.ts';
import { type EventFrame, EventPicture, sameFrame } from './event-picture.ts';
import type { EventView } from './event-words.ts';

/** An event in short, with its picture; opens it. */
@Component({
  selector: 'lo-event-card',
  imports: [EventPicture, Icon, RouterLink],
  template: `
    <a
      [routerLink]="['/events', view().event.id]"
      queryParamsHandling="preserve"
      [class.here]="here()"
      [attr.aria-current]="here() ? 'true' : null"
      [attr.aria-label]="view().says"
      [attr.data-event]="view().event.id"
    >
      <span class="picture">
        @if (picture(); as frame) {
          <img #image="loEventPicture" alt="" decoding="async" [loEventPicture]="frame" />
          @if (image.missed()) {
            <span class="none">The picture cannot be got</span>
          }
        } @else {
          <span class="none">No picture was kept</span>
        }
      </span>
      <span class="words">
        <span class="what"
          ><i [style.background]="colour()"></i><b>{{ view().event.label }}</b></span
        >
        <span class="state" [attr.data-tone]="view().state.tone"
          ><lo-icon [name]="view().state.icon" />{{ view().state.word }}</span
        >
        <span class="where"
          ><span class="camera">{{ view().camera }}</span>
          @if (view().event.maxCount > 1) {
            <span class="most">up to {{ view().event.maxCount }}</span>
          }
        </span>
        <span class="when"
          >{{ view().startedAt }} · {{ view().lasted }}
          @if (view().gaps; as gaps) {
            <span class="gaps">· {{ gaps }}</span>
          }
        </span>
      </span>
    </a>
  `,
  styleUrl: './event-card.scss',
})
export class EventCard {
  readonly view = input.required<EventView>();
  /** Whether it is the one that is open. */
  readonly here = input(false);
  protected readonly picture = computed<EventFrame | null>(
    () => {
      const { id, snapshot } = this.view().event;
      return snapshot && { id, capturedAt: snapshot.capturedAt, annotated: false };
    },
    { equal: sameFrame },
  );
  protected readonly colour = computed(() => classColour(this.view().event.label));
}
