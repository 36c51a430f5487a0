import type { AuditEntry } from '@lookout/contracts';

/** What was done, as the rest of a sentence that begins with who did it. */
export function auditWords({ action, subject }: AuditEntry): string {
  const what = subject ?? '';
  switch (action) {
    case 'camera.created':
      return `added the camera ${what}`;
    case 'camera.changed':
      return `changed the camera ${what}`;
    case 'camera.deleted':
      return `deleted the camera ${what}`;
    case 'cameras.exported':
      return 'exported the cameras';
    case 'cameras.imported':
      return 'imported cameras';
    case 'event.deleted':
      return `deleted the event ${what}`;
    case 'token.created':
      return `made the token ${what}`;
    case 'token.revoked':
      return `revoked the token ${what}`;
    case 'webhook.created':
      return `made the webhook ${what}`;
    case 'webhook.changed':
      return `changed the webhook ${what}`;
    case 'webhook.deleted':
      return `deleted the webhook ${what}`;
    case 'webhook.rotated':
      return `made a new secret for the webhook ${what}`;
    case 'webhook.tested':
      return `tested the webhook ${what}`;
    case 'webhook.redelivered':
      return `sent a message of the webhook ${what} again`;
    case 'session.begun':
      return 'signed in';
    case 'session.refused':
      return 'was refused at sign-in';
    case 'token.refused':
      return 'was refused: the token is not valid';
  }
}
