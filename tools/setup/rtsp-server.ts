import { aptInstall, canInstallWithApt } from './apt.ts';
import { CommandError, runCommand } from './run-command.ts';
import { SetupError, type SetupStep } from './step.ts';

const PACKAGES = [
  'gstreamer1.0-rtsp',
  'gstreamer1.0-plugins-base',
  'gstreamer1.0-plugins-good',
  'gstreamer1.0-plugins-bad',
  'gir1.2-gst-rtsp-server-1.0',
  'python3-gi',
];

/** Fails unless the server and what it is built of in the tests are there. */
const CHECK = `
import gi
gi.require_version("GstRtspServer", "1.0")
from gi.repository import Gst, GstRtspServer
Gst.init(None)
for name in ["qtdemux", "h264parse", "h265parse", "aacparse", "rtph264pay"]:
    assert Gst.ElementFactory.find(name)
`;

/** Brings GStreamer's RTSP server, which stands for cameras in the tests. */
export const rtspServerStep: SetupStep = {
  name: 'rtsp server',
  needed: async () => ((await isThere()) ? undefined : 'installing GStreamer'),
  run: async () => {
    const byHand = `The tests need GStreamer's RTSP server: sudo apt-get install ${PACKAGES.join(' ')}`;
    if (!(await canInstallWithApt())) throw new SetupError(byHand);
    try {
      await aptInstall(PACKAGES);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      throw new SetupError(`${byHand} (${error.message})`);
    }
  },
};

async function isThere(): Promise<boolean> {
  try {
    await runCommand('/usr/bin/python3', ['-c', CHECK]);
    return true;
  } catch {
    return false;
  }
}
