export * from './footage.ts';
export * from './http-camera.ts';
export * from './rtsp-camera.ts';
