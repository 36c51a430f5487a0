// The names that libs/config knows, which cannot be loaded before packages are installed. A test
// keeps the two lists the same.
export const LOOKOUT_SETTINGS = [
  'LOOKOUT_DATA_DIR',
  'LOOKOUT_MEDIA_DIR',
  'LOOKOUT_MODEL',
  'LOOKOUT_ADMIN_TOKEN',
  'LOOKOUT_DEMO',
  'LOOKOUT_WORKERS',
  'LOOKOUT_ALLOWED_HOSTS',
  'LOOKOUT_EVENT_DAYS',
  'LOOKOUT_EVENT_DISK_MB',
];

export function unknownSettings(environment) {
  return Object.keys(environment).filter(
    (name) =>
      name.startsWith('LOOKOUT_') &&
      environment[name] !== '' &&
      !LOOKOUT_SETTINGS.includes(name) &&
      // Kubernetes injects these for a service called "lookout".
      !name.startsWith('LOOKOUT_SERVICE_') &&
      !name.startsWith('LOOKOUT_PORT'),
  );
}
