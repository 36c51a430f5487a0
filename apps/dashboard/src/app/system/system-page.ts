import { Component, inject } from '@angular/core';
import { Session } from '../session/session.ts';
import { DoctorPanel } from './doctor-panel.ts';
import { PartsPanel } from './parts-panel.ts';
import { QueuesPanel } from './queues-panel.ts';
import { RetentionPanel } from './retention-panel.ts';

/** How Lookout itself is doing: what is wrong first, then all that it is made of. */
@Component({
  selector: 'lo-system-page',
  imports: [DoctorPanel, PartsPanel, QueuesPanel, RetentionPanel],
  template: `
    <h1>System</h1>
    <section><lo-doctor-panel /></section>
    <section><lo-parts-panel /></section>
    @if (session.may('admin')) {
      <section><lo-queues-panel /></section>
      <section><lo-retention-panel /></section>
    }
  `,
  styleUrl: '../access/access.scss',
})
export class SystemPage {
  protected readonly session = inject(Session);
}
