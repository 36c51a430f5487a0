/** What the parts of the REST interface are for, by tag. */
export const TAGS: Readonly<Record<string, string>> = {
  cameras: 'Cameras: their settings, how they are doing and what they show',
  events: 'What was in front of the cameras, and when',
  webhooks: 'Who else is told of what happens, and how that went',
  models: 'What the detector can be told to look with',
  session: 'Signing a browser in and out',
  system: 'What runs, where, and how well',
  health: 'For whoever keeps Lookout running',
  transfer: 'All cameras as one file, and back',
  tokens: 'Who may come in, and what they may do',
  audit: 'Who changed what, and when',
};
