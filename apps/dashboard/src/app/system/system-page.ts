import { Component } from '@angular/core';
import { DoctorPanel } from './doctor-panel.ts';

/** How Lookout itself is doing. */
@Component({
  selector: 'lo-system-page',
  imports: [DoctorPanel],
  template: `
    <h1>System</h1>
    <section><lo-doctor-panel /></section>
  `,
  styleUrl: '../access/access.scss',
})
export class SystemPage {}
