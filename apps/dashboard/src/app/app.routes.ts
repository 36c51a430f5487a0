import type { Routes } from '@angular/router';
import { LivePage } from './live/live-page.ts';

export const routes: Routes = [
  { path: '', title: 'Lookout', component: LivePage },
  {
    path: 'cameras/:id',
    title: 'Camera · Lookout',
    loadComponent: async () => (await import('./camera-page/camera-page.ts')).CameraPage,
  },
  { path: '**', redirectTo: '' },
];
