import type { Route, Routes } from '@angular/router';
import { LivePage } from './live/live-page.ts';
import { needs } from './session/needs.ts';
import { leaveAsked } from './shell/unsaved.ts';

/** The form, for who may change cameras; left only when that loses nothing. */
function cameraForm(): Route {
  return {
    loadComponent: async () => (await import('./camera-form/camera-form-page.ts')).CameraFormPage,
    canActivate: [needs('operator')],
    canDeactivate: [leaveAsked],
    runGuardsAndResolvers: 'always',
  };
}

export const routes: Routes = [
  { path: '', title: 'Lookout', component: LivePage },
  {
    path: 'cameras',
    title: 'Cameras · Lookout',
    loadComponent: async () => (await import('./camera-list/camera-list-page.ts')).CameraListPage,
  },
  {
    path: 'cameras/:id',
    title: 'Camera · Lookout',
    loadComponent: async () => (await import('./camera-page/camera-page.ts')).CameraPage,
  },
  {
    path: 'cameras/:id/settings',
    title: 'Settings · Lookout',
    ...cameraForm(),
  },
  {
    path: 'add-camera',
    title: 'Add a camera · Lookout',
    ...cameraForm(),
  },
  {
    path: 'events',
    title: 'Events · Lookout',
    loadComponent: async () => (await import('./events/events-page.ts')).EventsPage,
    children: [
      {
        path: ':id',
        title: 'Event · Lookout',
        loadComponent: async () => (await import('./events/event-page.ts')).EventPage,
      },
    ],
  },
  {
    path: 'system',
    title: 'System · Lookout',
    loadComponent: async () => (await import('./system/system-page.ts')).SystemPage,
  },
  {
    path: 'tokens',
    title: 'Tokens · Lookout',
    loadComponent: async () => (await import('./access/tokens-page.ts')).TokensPage,
    canActivate: [needs('admin')],
    canDeactivate: [leaveAsked],
    runGuardsAndResolvers: 'always',
  },
  {
    path: 'audit',
    title: 'Audit log · Lookout',
    loadComponent: async () => (await import('./access/audit-page.ts')).AuditPage,
    canActivate: [needs('admin')],
    runGuardsAndResolvers: 'always',
  },
  {
    path: 'webhooks',
    title: 'Webhooks · Lookout',
    loadComponent: async () => (await import('./webhooks/webhooks-page.ts')).WebhooksPage,
    canActivate: [needs('admin')],
    canDeactivate: [leaveAsked],
    runGuardsAndResolvers: 'always',
  },
  { path: '**', redirectTo: '' },
];
