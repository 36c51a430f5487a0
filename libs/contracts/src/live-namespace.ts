/** Socket.IO namespace of the live view. */
export const LIVE_NAMESPACE = '/live';
