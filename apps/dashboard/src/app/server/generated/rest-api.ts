// Made from docs/ref/openapi.json by `npm run openapi`; changes here are lost.

export interface paths {
  '/api/v1/session': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Who is signed in */
    get: operations['Session.show'];
    put?: never;
    /** Sign a browser in: a token becomes a cookie */
    post: operations['Session.signIn'];
    /** Sign out */
    delete: operations['Session.signOut'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/tokens': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** All tokens, without their secrets */
    get: operations['Tokens.list'];
    put?: never;
    /** Make a token; its secret is in this answer and nowhere else */
    post: operations['Tokens.create'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/tokens/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Revoke a token: its sessions and open connections end at once */
    delete: operations['Tokens.revoke'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/cameras/{id}/stream.mjpeg': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The live picture as MJPEG, for players and home automation; ends with the camera */
    get: operations['Mjpeg.stream'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/cameras/{id}/snapshot.jpg': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The newest frame, or the newest inferred one with its boxes drawn */
    get: operations['Snapshot.snapshot'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/cameras/{id}/detections/latest': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The newest result of a camera, and how far to trust it */
    get: operations['Detections.latest'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/system/queues': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Queues of work that must not be lost, and how they did over the last minutes */
    get: operations['Queues.list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/events/retention': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** How long events are kept, which go next, and what went */
    get: operations['Retention.read'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/events': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What was there between two moments, newest first */
    get: operations['Events.page'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/events/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One event */
    get: operations['Events.get'];
    put?: never;
    post?: never;
    /** Delete an event with its picture; one that goes on ends, and begins anew with new results */
    delete: operations['Events.delete'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/events/{id}/snapshot.jpg': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The frame in which it was seen surest, with its boxes drawn on request */
    get: operations['Events.snapshot'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/webhooks': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** All webhooks, without their secrets */
    get: operations['Webhooks.list'];
    put?: never;
    /** Make a webhook; its secret is in this answer and nowhere else */
    post: operations['Webhooks.create'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/webhooks/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One webhook, without its secret */
    get: operations['Webhooks.show'];
    put?: never;
    post?: never;
    /** Delete a webhook with all of its deliveries */
    delete: operations['Webhooks.remove'];
    options?: never;
    head?: never;
    /** Change a webhook; what is absent stays */
    patch: operations['Webhooks.change'];
    trace?: never;
  };
  '/api/v1/webhooks/{id}/test': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Send a message that says nothing but that the webhook works */
    post: operations['Webhooks.test'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/webhooks/{id}/rotate': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Make a new secret; for 24 hours the one before signs as well */
    post: operations['Webhooks.rotate'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/webhooks/{id}/deliveries': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What was sent to a webhook and what came of it, newest first */
    get: operations['Webhooks.deliveries'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/webhooks/{id}/deliveries/{deliveryId}/redeliver': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Send a message once more, or try at once what waits for its next try */
    post: operations['Webhooks.redeliver'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/cameras/{id}/status': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** How a camera is doing now */
    get: operations['Status.status'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/models': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The models that cameras may name, with what each can tell apart */
    get: operations['Models.list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/cameras/probe': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Look at a source for a few seconds, without making or changing a camera; answers within 10 s */
    post: operations['Probe.probe'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/cameras': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** All cameras, in the order in which they were made */
    get: operations['Cameras.list'];
    put?: never;
    /** Make a camera; it begins to run at once */
    post: operations['Cameras.create'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/cameras/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One camera; ETag names its version */
    get: operations['Cameras.show'];
    put?: never;
    post?: never;
    /** Delete a camera */
    delete: operations['Cameras.remove'];
    options?: never;
    head?: never;
    /** Change a camera by a JSON merge patch; what did not change goes on undisturbed */
    patch: operations['Cameras.change'];
    trace?: never;
  };
  '/api/v1/export': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** All cameras as YAML, without credentials */
    get: operations['Transfer.export'];
    put?: never;
    /** All cameras as YAML, with their credentials sealed by a passphrase */
    post: operations['Transfer.exportSealed'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/import': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Take over the cameras of a file; nothing is changed unless all of them are valid */
    post: operations['Transfer.import'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/healthz': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Whether the process answers */
    get: operations['Health.health'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/readyz': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Whether REST and live view can serve */
    get: operations['Health.readiness'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/system': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What runs, where, and how often it had to be started again */
    get: operations['System.system'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/metrics': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Measurements for Prometheus */
    get: operations['Metrics.page'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/system/doctor': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Which part limits each camera now, how one sees it, and what to do; takes a second */
    get: operations['Doctor.report'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/audit': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Who did what, newest first */
    get: operations['Audit.page'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    AuditPage: {
      items: {
        id: number;
        /** Format: date-time */
        at: string;
        /** @enum {string} */
        action:
          | 'camera.created'
          | 'camera.changed'
          | 'camera.deleted'
          | 'cameras.exported'
          | 'cameras.imported'
          | 'event.deleted'
          | 'token.created'
          | 'token.revoked'
          | 'session.begun'
          | 'session.refused'
          | 'token.refused'
          | 'webhook.created'
          | 'webhook.changed'
          | 'webhook.deleted'
          | 'webhook.rotated'
          | 'webhook.tested'
          | 'webhook.redelivered';
        subject: string | null;
        actor: {
          tokenId: string;
          name: string;
        } | null;
        address: string;
        fields: string[];
      }[];
      nextCursor: string | null;
    };
    SignIn: {
      token: string;
    };
    Session: {
      /** @enum {string} */
      role: 'viewer' | 'operator' | 'admin';
      name: string;
      cameraIds: string[] | null;
      expiresAt: string | null;
    };
    Tokens: {
      id: string;
      name: string;
      /** @enum {string} */
      role: 'viewer' | 'operator' | 'admin';
      cameraIds: string[] | null;
      /** Format: date-time */
      createdAt: string;
      lastUsedAt: string | null;
    }[];
    NewToken: {
      name: string;
      /** @enum {string} */
      role: 'viewer' | 'operator' | 'admin';
      /** @default null */
      cameraIds?: string[] | null;
    };
    CreatedToken: {
      id: string;
      name: string;
      /** @enum {string} */
      role: 'viewer' | 'operator' | 'admin';
      cameraIds: string[] | null;
      /** Format: date-time */
      createdAt: string;
      lastUsedAt: string | null;
      token: string;
    };
    LatestDetections:
      | {
          cameraId: string;
          epoch: number;
          sequence: number;
          capturedAt: number;
          completedAt: number;
          inferenceMs: number;
          model: string;
          worker: string;
          detections: {
            classId: number;
            label: string;
            confidence: number;
            box: {
              x: number;
              y: number;
              width: number;
              height: number;
            };
          }[];
          /** @enum {string} */
          freshness: 'off' | 'unknown' | 'stale' | 'fresh';
          reason: string | null;
        }
      | {
          cameraId: string;
          /** @enum {string} */
          freshness: 'off' | 'unknown' | 'stale' | 'fresh';
          reason: string | null;
          detections: null;
        };
    Models: {
      id: string;
      title: string;
      input: number;
      labels: string[];
      licence: {
        id: string;
        holder: string;
        url: string;
        notice: string;
      };
      installed: boolean;
      isDefault: boolean;
    }[];
    Cameras: {
      id: string;
      name: string;
      enabled: boolean;
      source:
        | {
            /** @constant */
            type: 'rtsp';
            /** @example rtsp://user:secret@10.0.0.5/stream */
            url: string & (unknown & unknown);
            /**
             * @default tcp
             * @enum {string}
             */
            transport: 'tcp' | 'udp';
          }
        | {
            /** @constant */
            type: 'http';
            /** @example http://10.0.0.6/video.mjpg */
            url: string & (unknown & unknown);
          }
        | {
            /** @constant */
            type: 'hls';
            /** @example https://cameras.example/gate/index.m3u8 */
            url: string & (unknown & unknown);
          }
        | {
            /** @constant */
            type: 'usb';
            /** @example /dev/video0 */
            device: string;
          }
        | {
            /** @constant */
            type: 'file';
            path: string;
          }
        | {
            /** @constant */
            type: 'test';
          };
      captureFps: number;
      liveFps: number;
      detectFps: number;
      frame: {
        /** @default 640 */
        width: number;
        /** @default 80 */
        quality: number;
      };
      detection: {
        /** @default true */
        enabled: boolean;
        /** @default null */
        model: string | null;
        /** @default 0.4 */
        minConfidence: number;
        /** @default [] */
        classes: string[];
        /** @default 1 */
        weight: number;
        /** @default 0 */
        minFps: number;
        /**
         * @default {
         *       "minHits": 3,
         *       "window": 5,
         *       "endAfterMs": 5000,
         *       "labels": []
         *     }
         */
        events: {
          /** @default 3 */
          minHits: number;
          /** @default 5 */
          window: number;
          /** @default 5000 */
          endAfterMs: number;
          /** @default [] */
          labels: string[];
        };
      };
      version: number;
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      updatedAt: string;
    }[];
    NewCamera: {
      name: string;
      /** @default true */
      enabled?: boolean;
      source:
        | {
            /** @constant */
            type: 'rtsp';
            /** @example rtsp://user:secret@10.0.0.5/stream */
            url: string & (unknown & unknown);
            /**
             * @default tcp
             * @enum {string}
             */
            transport?: 'tcp' | 'udp';
          }
        | {
            /** @constant */
            type: 'http';
            /** @example http://10.0.0.6/video.mjpg */
            url: string & (unknown & unknown);
          }
        | {
            /** @constant */
            type: 'hls';
            /** @example https://cameras.example/gate/index.m3u8 */
            url: string & (unknown & unknown);
          }
        | {
            /** @constant */
            type: 'usb';
            /** @example /dev/video0 */
            device: string;
          }
        | {
            /** @constant */
            type: 'file';
            path: string;
          }
        | {
            /** @constant */
            type: 'test';
          };
      /** @default 30 */
      captureFps?: number;
      liveFps?: number;
      detectFps?: number;
      /**
       * @default {
       *       "width": 640,
       *       "quality": 80
       *     }
       */
      frame?: {
        /** @default 640 */
        width?: number;
        /** @default 80 */
        quality?: number;
      };
      /**
       * @default {
       *       "enabled": true,
       *       "model": null,
       *       "minConfidence": 0.4,
       *       "classes": [],
       *       "weight": 1,
       *       "minFps": 0,
       *       "events": {
       *         "minHits": 3,
       *         "window": 5,
       *         "endAfterMs": 5000,
       *         "labels": []
       *       }
       *     }
       */
      detection?: {
        /** @default true */
        enabled?: boolean;
        /** @default null */
        model?: string | null;
        /** @default 0.4 */
        minConfidence?: number;
        /** @default [] */
        classes?: string[];
        /** @default 1 */
        weight?: number;
        /** @default 0 */
        minFps?: number;
        /**
         * @default {
         *       "minHits": 3,
         *       "window": 5,
         *       "endAfterMs": 5000,
         *       "labels": []
         *     }
         */
        events?: {
          /** @default 3 */
          minHits?: number;
          /** @default 5 */
          window?: number;
          /** @default 5000 */
          endAfterMs?: number;
          /** @default [] */
          labels?: string[];
        };
      };
    };
    Camera: {
      id: string;
      name: string;
      enabled: boolean;
      source:
        | {
            /** @constant */
            type: 'rtsp';
            /** @example rtsp://user:secret@10.0.0.5/stream */
            url: string & (unknown & unknown);
            /**
             * @default tcp
             * @enum {string}
             */
            transport: 'tcp' | 'udp';
          }
        | {
            /** @constant */
            type: 'http';
            /** @example http://10.0.0.6/video.mjpg */
            url: string & (unknown & unknown);
          }
        | {
            /** @constant */
            type: 'hls';
            /** @example https://cameras.example/gate/index.m3u8 */
            url: string & (unknown & unknown);
          }
        | {
            /** @constant */
            type: 'usb';
            /** @example /dev/video0 */
            device: string;
          }
        | {
            /** @constant */
            type: 'file';
            path: string;
          }
        | {
            /** @constant */
            type: 'test';
          };
      captureFps: number;
      liveFps: number;
      detectFps: number;
      frame: {
        /** @default 640 */
        width: number;
        /** @default 80 */
        quality: number;
      };
      detection: {
        /** @default true */
        enabled: boolean;
        /** @default null */
        model: string | null;
        /** @default 0.4 */
        minConfidence: number;
        /** @default [] */
        classes: string[];
        /** @default 1 */
        weight: number;
        /** @default 0 */
        minFps: number;
        /**
         * @default {
         *       "minHits": 3,
         *       "window": 5,
         *       "endAfterMs": 5000,
         *       "labels": []
         *     }
         */
        events: {
          /** @default 3 */
          minHits: number;
          /** @default 5 */
          window: number;
          /** @default 5000 */
          endAfterMs: number;
          /** @default [] */
          labels: string[];
        };
      };
      version: number;
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      updatedAt: string;
    };
    CameraPatch: {
      name?: string | null;
      enabled?: boolean | null;
      source?:
        | {
            type?: 'rtsp' | null;
            url?: (string & (unknown & unknown)) | null;
            transport?: ('tcp' | 'udp') | null;
          }
        | {
            type?: 'http' | null;
            url?: (string & (unknown & unknown)) | null;
          }
        | {
            type?: 'hls' | null;
            url?: (string & (unknown & unknown)) | null;
          }
        | {
            type?: 'usb' | null;
            device?: string | null;
          }
        | {
            type?: 'file' | null;
            path?: string | null;
          }
        | {
            type?: 'test' | null;
          }
        | null;
      captureFps?: number | null;
      liveFps?: number | null;
      detectFps?: number | null;
      frame?: {
        width?: number | null;
        quality?: number | null;
      } | null;
      detection?: {
        enabled?: boolean | null;
        model?: string | null;
        minConfidence?: number | null;
        classes?: string[] | null;
        weight?: number | null;
        minFps?: number | null;
        events?: {
          minHits?: number | null;
          window?: number | null;
          endAfterMs?: number | null;
          labels?: string[] | null;
        } | null;
      } | null;
    };
    Health: {
      /** @constant */
      status: 'ok';
    };
    Readiness: {
      /** @constant */
      status: 'ready';
      degraded: string[];
    };
    System: {
      version: string;
      /** Format: date-time */
      startedAt: string;
      uptimeSeconds: number;
      processes: {
        name: string;
        pid: number | null;
        /** @enum {string} */
        state: 'starting' | 'running' | 'waiting' | 'stopped';
        startedAt: string | null;
        restarts: number;
        lastExit: string | null;
      }[];
      workers:
        | {
            id: string;
            pid: number;
            host: string;
            /** Format: date-time */
            startedAt: string;
            models: string[];
            threads: number;
            /** @enum {string} */
            threadsChosen: 'pinned' | 'tuned';
            inferenceRepeat: number;
            rate: number;
            inferenceMs: number | null;
          }[]
        | null;
      redis: {
        /** @enum {string} */
        state: 'connected' | 'away';
        version: string | null;
        usedMemoryBytes: number | null;
        reason: string | null;
      };
      database: {
        engine: string;
        /** @enum {string} */
        state: 'open' | 'failed';
        sizeBytes: number | null;
      };
      parts: {
        name: string;
        trouble: string | null;
      }[];
    };
    CameraStatus: {
      cameraId: string;
      /** @enum {string} */
      state: 'starting' | 'live' | 'stalled' | 'reconnecting' | 'disabled' | 'failed';
      /** Format: date-time */
      since: string;
      reason: string | null;
      rates: {
        capture: number;
        live: number;
        offered: number;
        detected: number;
      };
      ages: {
        [key: string]: {
          p50: number;
          p95: number;
          p99: number;
        };
      };
      inferenceMs: {
        p50: number;
        p95: number;
        p99: number;
      } | null;
      books: {
        id: string;
        offered: number;
        delivered: number;
        overwritten: number;
        expired: number;
        waiting: number;
        detected: number;
        failed: number;
        abandoned: number;
        processing: number;
        captured: number;
      } | null;
      detection: {
        /** @enum {string} */
        freshness: 'off' | 'unknown' | 'stale' | 'fresh';
        reason: string | null;
        model: string | null;
        at: string | null;
        share: {
          wanted: number;
          fair: number;
          reduced: boolean;
          reason: string | null;
        } | null;
      };
    };
    DoctorReport: {
      /** Format: date-time */
      checkedAt: string;
      host: {
        cores: number;
        load1: number;
        processorBusy: number | null;
        apiBusy: number | null;
        memoryBytes: number;
        memoryAvailableBytes: number;
        diskBytes: number | null;
        diskFreeBytes: number | null;
      } | null;
      cameras: {
        /** @enum {string} */
        limit:
          | 'none'
          | 'source'
          | 'network'
          | 'decode'
          | 'redis'
          | 'inference'
          | 'viewer'
          | 'disk'
          | 'off'
          | 'unknown';
        /** @enum {string} */
        severity: 'ok' | 'notice' | 'warning' | 'critical';
        headline: string;
        evidence: {
          name: string;
          value: number | null;
          unit: string;
          bound?: number;
        }[];
        advice: string | null;
        cameraId: string;
        also: {
          /** @enum {string} */
          limit:
            | 'none'
            | 'source'
            | 'network'
            | 'decode'
            | 'redis'
            | 'inference'
            | 'viewer'
            | 'disk'
            | 'off'
            | 'unknown';
          /** @enum {string} */
          severity: 'ok' | 'notice' | 'warning' | 'critical';
          headline: string;
          evidence: {
            name: string;
            value: number | null;
            unit: string;
            bound?: number;
          }[];
          advice: string | null;
        }[];
      }[];
      findings:
        | {
            /** @enum {string} */
            part: 'memory' | 'api' | 'redis' | 'inference' | 'disk';
            /** @enum {string} */
            severity: 'ok' | 'notice' | 'warning' | 'critical';
            headline: string;
            evidence: {
              name: string;
              value: number | null;
              unit: string;
              bound?: number;
            }[];
            advice: string | null;
          }[]
        | null;
    };
    SealedExport: {
      passphrase: string;
    };
    CameraFile: string;
    ImportReport: {
      dryRun: boolean;
      cameras: {
        id: string | null;
        /** @enum {string} */
        outcome: 'created' | 'replaced' | 'skipped' | 'invalid';
        errors: {
          path: string;
          message: string;
        }[];
      }[];
    };
    EventPage: {
      items: {
        id: string;
        cameraId: string;
        label: string;
        /** @enum {string} */
        state: 'active' | 'uncertain' | 'ended';
        /** Format: date-time */
        startedAt: string;
        /** Format: date-time */
        lastSeenAt: string;
        endedAt: string | null;
        maxConfidence: number;
        maxCount: number;
        uncertainSince: string | null;
        results: number;
        gaps: {
          /** Format: date-time */
          from: string;
          to: string | null;
          reason: string;
        }[];
        snapshot: {
          /** Format: date-time */
          capturedAt: string;
          confidence: number;
          detections: {
            classId: number;
            label: string;
            confidence: number;
            box: {
              x: number;
              y: number;
              width: number;
              height: number;
            };
          }[];
        } | null;
      }[];
      nextCursor: string | null;
    };
    Event: {
      id: string;
      cameraId: string;
      label: string;
      /** @enum {string} */
      state: 'active' | 'uncertain' | 'ended';
      /** Format: date-time */
      startedAt: string;
      /** Format: date-time */
      lastSeenAt: string;
      endedAt: string | null;
      maxConfidence: number;
      maxCount: number;
      uncertainSince: string | null;
      results: number;
      gaps: {
        /** Format: date-time */
        from: string;
        to: string | null;
        reason: string;
      }[];
      snapshot: {
        /** Format: date-time */
        capturedAt: string;
        confidence: number;
        detections: {
          classId: number;
          label: string;
          confidence: number;
          box: {
            x: number;
            y: number;
            width: number;
            height: number;
          };
        }[];
      } | null;
    };
    JobQueues: {
      name: string;
      counts: {
        waiting: number;
        active: number;
        delayed: number;
        failed: number;
      } | null;
      history: {
        /** Format: date-time */
        at: string;
        counts: {
          waiting: number;
          active: number;
          delayed: number;
          failed: number;
        } | null;
      }[];
    }[];
    ProbeRequest: {
      source:
        | {
            /** @constant */
            type: 'rtsp';
            /** @example rtsp://user:secret@10.0.0.5/stream */
            url: string & (unknown & unknown);
            /**
             * @default tcp
             * @enum {string}
             */
            transport?: 'tcp' | 'udp';
          }
        | {
            /** @constant */
            type: 'http';
            /** @example http://10.0.0.6/video.mjpg */
            url: string & (unknown & unknown);
          }
        | {
            /** @constant */
            type: 'hls';
            /** @example https://cameras.example/gate/index.m3u8 */
            url: string & (unknown & unknown);
          }
        | {
            /** @constant */
            type: 'usb';
            /** @example /dev/video0 */
            device: string;
          }
        | {
            /** @constant */
            type: 'file';
            path: string;
          }
        | {
            /** @constant */
            type: 'test';
          };
      cameraId?: string;
    };
    ProbeResult: {
      ok: boolean;
      codec: string | null;
      width: number | null;
      height: number | null;
      fps: number | null;
      audio: boolean;
      jpegBase64: string | null;
      advice: string[];
      error: string | null;
    };
    Retention: {
      days: number;
      diskBytes: number;
      usedBytes: number;
      next: {
        at: string | null;
        amounts: {
          age: number;
          budget: number;
          orphans: number;
          bytes: number;
        };
        events: {
          id: string;
          cameraId: string;
          label: string;
          /** Format: date-time */
          endedAt: string;
          /** @enum {string} */
          reason: 'age' | 'budget';
          bytes: number;
        }[];
      };
      last: {
        /** Format: date-time */
        at: string;
        amounts: {
          age: number;
          budget: number;
          orphans: number;
          bytes: number;
        };
        trouble: string | null;
      } | null;
    };
    Webhooks: {
      id: string;
      url: string;
      types: ('event.started' | 'event.ended' | 'camera.state' | 'detection.freshness')[];
      cameraIds: string[] | null;
      labels: string[] | null;
      enabled: boolean;
      disabledReason: string | null;
      oldSecretUntil: string | null;
      waiting: number;
      trouble: string | null;
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      updatedAt: string;
    }[];
    NewWebhook: {
      /** Format: uri */
      url: string;
      types: ('event.started' | 'event.ended' | 'camera.state' | 'detection.freshness')[];
      /** @default null */
      cameraIds?: string[] | null;
      /** @default null */
      labels?: string[] | null;
      /** @default true */
      enabled?: boolean;
    };
    CreatedWebhook: {
      id: string;
      url: string;
      types: ('event.started' | 'event.ended' | 'camera.state' | 'detection.freshness')[];
      cameraIds: string[] | null;
      labels: string[] | null;
      enabled: boolean;
      disabledReason: string | null;
      oldSecretUntil: string | null;
      waiting: number;
      trouble: string | null;
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      updatedAt: string;
      secret: string;
    };
    Webhook: {
      id: string;
      url: string;
      types: ('event.started' | 'event.ended' | 'camera.state' | 'detection.freshness')[];
      cameraIds: string[] | null;
      labels: string[] | null;
      enabled: boolean;
      disabledReason: string | null;
      oldSecretUntil: string | null;
      waiting: number;
      trouble: string | null;
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      updatedAt: string;
    };
    WebhookPatch: {
      /** Format: uri */
      url?: string;
      types?: ('event.started' | 'event.ended' | 'camera.state' | 'detection.freshness')[];
      cameraIds?: string[] | null;
      labels?: string[] | null;
      enabled?: boolean;
    };
    Delivery: {
      id: string;
      messageId: string;
      type:
        ('event.started' | 'event.ended' | 'camera.state' | 'detection.freshness') | 'webhook.test';
      cameraId: string | null;
      /** @enum {string} */
      state: 'waiting' | 'delivered' | 'failed';
      attempts: number;
      /** Format: date-time */
      createdAt: string;
      lastAttemptAt: string | null;
      nextAttemptAt: string | null;
      answerStatus: number | null;
      answerMs: number | null;
      reason: string | null;
    };
    DeliveryPage: {
      items: {
        id: string;
        messageId: string;
        type:
          | ('event.started' | 'event.ended' | 'camera.state' | 'detection.freshness')
          | 'webhook.test';
        cameraId: string | null;
        /** @enum {string} */
        state: 'waiting' | 'delivered' | 'failed';
        attempts: number;
        /** Format: date-time */
        createdAt: string;
        lastAttemptAt: string | null;
        nextAttemptAt: string | null;
        answerStatus: number | null;
        answerMs: number | null;
        reason: string | null;
      }[];
      nextCursor: string | null;
    };
    Problem: {
      type: string;
      title: string;
      status: number;
      detail?: string;
      errors?: {
        path: string;
        message: string;
      }[];
    };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  'Session.show': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The caller */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Session'];
        };
      };
      /** @description Something in the request cannot be accepted; `errors` names every fault */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A valid token is needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The caller may not do this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  'Session.signIn': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "token": "the-admin-token-of-this-installation"
         *     }
         */
        'application/json': components['schemas']['SignIn'];
      };
    };
    responses: {
      /** @description The session, with its cookie */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Session'];
        };
      };
      /** @description Something in the request cannot be accepted; `errors` names every fault */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is in a type that is not read here */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many failed sign-ins; Retry-After says how long to wait */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  'Session.signOut': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The session has ended */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Something in the request cannot be accepted; `errors` names every fault */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A valid token is needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The caller may not do this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  'Tokens.list': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The tokens */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Tokens'];
        };
      };
      /** @description Something in the request cannot be accepted; `errors` names every fault */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A valid token is needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The caller may not do this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  'Tokens.create': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "name": "Wall display",
         *       "role": "viewer"
         *     }
         */
        'application/json': components['schemas']['NewToken'];
      };
    };
    responses: {
      /** @description The token */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CreatedToken'];
        };
      };
      /** @description Something in the request cannot be accepted; `errors` names every fault */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A valid token is needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The caller may not do this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is in a type that is not read here */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  'Tokens.revoke': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @example gate */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It is revoked */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Something in the request cannot be accepted; `errors` names every fault */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A valid token is needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The caller may not do this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description There is no such token */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description It is the caller's own, or the last one of an admin */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  'Mjpeg.stream': {
    parameters: {
      query?: {
        fps?: number;
      };
      header?: never;
      path: {
        /** @example gate */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description JPEGs without an end */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'multipart/x-mixed-replace': string;
        };
      };
      /** @description Something in the request cannot be accepted; `errors` names every fault */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A valid token is needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The caller may not do this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description There is no such camera */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  'Snapshot.snapshot': {
    parameters: {
      query?: {
        annotated?: boolean;
      };
      header?: never;
      path: {
        /** @example gate */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The picture; headers name its frame */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'image/jpeg': string;
        };
      };
      /** @description Something in the request cannot be accepted; `errors` names every fault */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A valid token is needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The caller may not do this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description There is no such thing */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description There is none fresh */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  'Detections.latest': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @example gate */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The newest result with its freshness; `detections` is null before the first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LatestDetections'];
        };
      };
      /** @description Something in the request cannot be accepted; `errors` names every fault */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A valid token is needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The caller may not do this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description There is no such thing */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  'Queues.list': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The queues */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['JobQueues'];
        };
      };
      /** @description Something in the request cannot be accepted; `errors` names every fault */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A valid token is needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The caller may not do this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  'Retention.read': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Retention */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Retention'];
        };
      };
      /** @description Something in the request cannot be accepted; `errors` names every fault */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A valid token is needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The caller may not do this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  'Events.page': {
    parameters: {
      query?: {
        limit?: number;
        cursor?: string;
        to?: string;
        from?: string;
        state?: 'active' | 'uncertain' | 'ended';
        label?: string;
        cameraId?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Events */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EventPage'];
        };
      };
      /** @description Something in the request cannot be accepted; `errors` names every fault */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A valid token is needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The caller may not do this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  'Events.get': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @example gate */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The event */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Event'];
        };
      };
      /** @description Something in the request cannot be accepted; `errors` names every fault */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A valid token is needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The caller may not do this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description There is no such thing */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  'Events.delete': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @example gate */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It is deleted */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Something in the request cannot be accepted; `errors` names every fault */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A valid token is needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The caller may not do this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description There is no such event */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The database cannot be written now; it is still there */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  'Events.snapshot': {
    parameters: {
      query?: {
        annotated?: boolean;
      };
      header?: never;
      path: {
        /** @example gate */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The picture; ETag names it */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'image/jpeg': string;
        };
      };
      /** @description It is still the one that If-None-Match names */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Something in the request cannot be accepted; `errors` names every fault */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A valid token is needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The caller may not do this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description There is no such event, or no picture of it */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  'Webhooks.list': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The webhooks */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Webhooks'];
        };
      };
      /** @description Something in the request cannot be accepted; `errors` names every fault */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A valid token is needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The caller may not do this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  'Webhooks.create': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "url": "https://automation.example/lookout",
         *       "types": [
         *         "event.started",
         *         "event.ended"
         *       ],
         *       "labels": [
         *         "person"
         *       ]
         *     }
         */
        'application/json': components['schemas']['NewWebhook'];
      };
    };
    responses: {
      /** @description The webhook; Location is its address */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CreatedWebhook'];
        };
      };
      /** @description Something in the request cannot be accepted; `errors` names every fault */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A valid token is needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The caller may not do this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description There are as many as there may be */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is in a type that is not read here */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  'Webhooks.show': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @example gate */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The webhook */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Webhook'];
        };
      };
      /** @description Something in the request cannot be accepted; `errors` names every fault */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A valid token is needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The caller may not do this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description There is no such webhook */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  'Webhooks.remove': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @example gate */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It is gone */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Something in the request cannot be accepted; `errors` names every fault */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A valid token is needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The caller may not do this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description There is no such webhook */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  'Webhooks.change': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @example gate */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "types": [
         *         "event.ended"
         *       ],
         *       "enabled": true
         *     }
         */
        'application/merge-patch+json': components['schemas']['WebhookPatch'];
        /**
         * @example {
         *       "types": [
         *         "event.ended"
         *       ],
         *       "enabled": true
         *     }
         */
        'application/json': components['schemas']['WebhookPatch'];
      };
    };
    responses: {
      /** @description The webhook as it is now */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Webhook'];
        };
      };
      /** @description Something in the request cannot be accepted; `errors` names every fault */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A valid token is needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The caller may not do this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description There is no such webhook */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is in a type that is not read here */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  'Webhooks.test': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @example gate */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The delivery, which begins at once */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Delivery'];
        };
      };
      /** @description Something in the request cannot be accepted; `errors` names every fault */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A valid token is needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The caller may not do this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description There is no such webhook */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The webhook is disabled */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  'Webhooks.rotate': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @example gate */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The webhook with its new secret, this once */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CreatedWebhook'];
        };
      };
      /** @description Something in the request cannot be accepted; `errors` names every fault */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A valid token is needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The caller may not do this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description There is no such webhook */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  'Webhooks.deliveries': {
    parameters: {
      query?: {
        limit?: number;
        cursor?: string;
        state?: 'waiting' | 'delivered' | 'failed';
      };
      header?: never;
      path: {
        /** @example gate */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Deliveries */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DeliveryPage'];
        };
      };
      /** @description Something in the request cannot be accepted; `errors` names every fault */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A valid token is needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The caller may not do this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description There is no such webhook */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  'Webhooks.redeliver': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @example gate */
        id: string;
        deliveryId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The delivery that is begun */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Delivery'];
        };
      };
      /** @description Something in the request cannot be accepted; `errors` names every fault */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A valid token is needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The caller may not do this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description There is no such webhook, or no such delivery */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The webhook is disabled */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  'Status.status': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @example gate */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description State, rates, ages, books and freshness */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CameraStatus'];
        };
      };
      /** @description Something in the request cannot be accepted; `errors` names every fault */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A valid token is needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The caller may not do this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description There is no such thing */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  'Models.list': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The models */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Models'];
        };
      };
      /** @description Something in the request cannot be accepted; `errors` names every fault */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A valid token is needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The caller may not do this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The catalog cannot be read */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  'Probe.probe': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "source": {
         *         "type": "test"
         *       }
         *     }
         */
        'application/json': components['schemas']['ProbeRequest'];
      };
    };
    responses: {
      /** @description What it shows, or why it shows nothing */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ProbeResult'];
        };
      };
      /** @description Something in the request cannot be accepted; `errors` names every fault */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A valid token is needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The caller may not do this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description There is no camera of the id cameraId */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is in a type that is not read here */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Other sources are being looked at */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  'Cameras.list': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The cameras */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Cameras'];
        };
      };
      /** @description Something in the request cannot be accepted; `errors` names every fault */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A valid token is needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The caller may not do this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  'Cameras.create': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "name": "Yard",
         *       "source": {
         *         "type": "test"
         *       },
         *       "captureFps": 15,
         *       "frame": {
         *         "width": 320
         *       }
         *     }
         */
        'application/json': components['schemas']['NewCamera'];
      };
    };
    responses: {
      /** @description The camera; Location is its address */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Camera'];
        };
      };
      /** @description Something in the request cannot be accepted; `errors` names every fault */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A valid token is needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The caller may not do this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is in a type that is not read here */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  'Cameras.show': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @example gate */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The camera */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Camera'];
        };
      };
      /** @description Something in the request cannot be accepted; `errors` names every fault */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A valid token is needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The caller may not do this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description There is no such camera */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  'Cameras.remove': {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag that was read; nothing is done when the camera was changed since */
        'If-Match'?: string;
      };
      path: {
        /** @example gate */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It is gone */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Something in the request cannot be accepted; `errors` names every fault */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A valid token is needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The caller may not do this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description There is no such camera */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description If-Match names another version */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  'Cameras.change': {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag that was read; nothing is done when the camera was changed since */
        'If-Match'?: string;
      };
      path: {
        /** @example gate */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "name": "Gate, north",
         *       "detection": {
         *         "minConfidence": 0.6,
         *         "classes": [
         *           "person"
         *         ]
         *       }
         *     }
         */
        'application/merge-patch+json': components['schemas']['CameraPatch'];
        /**
         * @example {
         *       "name": "Gate, north",
         *       "detection": {
         *         "minConfidence": 0.6,
         *         "classes": [
         *           "person"
         *         ]
         *       }
         *     }
         */
        'application/json': components['schemas']['CameraPatch'];
      };
    };
    responses: {
      /** @description The camera as it is now */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Camera'];
        };
      };
      /** @description Something in the request cannot be accepted; `errors` names every fault */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A valid token is needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The caller may not do this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description There is no such camera */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description If-Match names another version */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is in a type that is not read here */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  'Transfer.export': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The cameras as YAML */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/yaml': string;
        };
      };
      /** @description Something in the request cannot be accepted; `errors` names every fault */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A valid token is needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The caller may not do this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  'Transfer.exportSealed': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "passphrase": "correct horse battery staple"
         *     }
         */
        'application/json': components['schemas']['SealedExport'];
      };
    };
    responses: {
      /** @description The cameras as YAML */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/yaml': string;
        };
      };
      /** @description Something in the request cannot be accepted; `errors` names every fault */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A valid token is needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The caller may not do this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is in a type that is not read here */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  'Transfer.import': {
    parameters: {
      query?: {
        existing?: 'skip' | 'replace';
        dryRun?: boolean;
      };
      header?: {
        /** @description Of the sealed credentials, percent-encoded */
        'X-Lookout-Passphrase'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example format: lookout-cameras
         *     version: 1
         *     cameras:
         *       - id: yard-west
         *         name: Yard, west
         *         source: { type: test }
         */
        'application/yaml': components['schemas']['CameraFile'];
        /**
         * @example format: lookout-cameras
         *     version: 1
         *     cameras:
         *       - id: yard-west
         *         name: Yard, west
         *         source: { type: test }
         */
        'application/x-yaml': components['schemas']['CameraFile'];
        /**
         * @example format: lookout-cameras
         *     version: 1
         *     cameras:
         *       - id: yard-west
         *         name: Yard, west
         *         source: { type: test }
         */
        'text/yaml': components['schemas']['CameraFile'];
      };
    };
    responses: {
      /** @description What became of each camera */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ImportReport'];
        };
      };
      /** @description Something in the request cannot be accepted; `errors` names every fault */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A valid token is needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The caller may not do this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is in a type that is not read here */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  'Health.health': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It does */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Health'];
        };
      };
      /** @description Something in the request cannot be accepted; `errors` names every fault */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  'Health.readiness': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description They can; `degraded` names what is away */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Readiness'];
        };
      };
      /** @description Something in the request cannot be accepted; `errors` names every fault */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description They cannot */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  'System.system': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Processes, workers, Redis, database and other parts */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['System'];
        };
      };
      /** @description Something in the request cannot be accepted; `errors` names every fault */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A valid token is needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The caller may not do this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  'Metrics.page': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Prometheus text */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/plain': string;
        };
      };
      /** @description Something in the request cannot be accepted; `errors` names every fault */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A valid token is needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The caller may not do this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  'Doctor.report': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One entry for each camera that the caller may see */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DoctorReport'];
        };
      };
      /** @description Something in the request cannot be accepted; `errors` names every fault */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A valid token is needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The caller may not do this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  'Audit.page': {
    parameters: {
      query?: {
        limit?: number;
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Entries */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AuditPage'];
        };
      };
      /** @description Something in the request cannot be accepted; `errors` names every fault */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A valid token is needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The caller may not do this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
}
