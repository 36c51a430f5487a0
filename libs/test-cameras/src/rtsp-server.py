"""Serves MP4 files by RTSP.

rtsp-server.py PORT USER:PASSWORD PATH=CODEC:FILE...
USER:PASSWORD may be empty; CODEC is h264, h265 or h264+aac.
Prints "port N" when it listens.
"""

import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtspServer  # noqa: E402

PIPELINES = {
    "h264": "( filesrc location={f} ! qtdemux ! h264parse config-interval=-1 "
    "! rtph264pay name=pay0 pt=96 )",
    "h265": "( filesrc location={f} ! qtdemux ! h265parse config-interval=-1 "
    "! rtph265pay name=pay0 pt=96 )",
    "h264+aac": "( filesrc location={f} ! qtdemux name=d "
    "d. ! queue ! h264parse config-interval=-1 ! rtph264pay name=pay0 pt=96 "
    "d. ! queue ! aacparse ! rtpmp4gpay name=pay1 pt=97 )",
}

Gst.init(None)
server = GstRtspServer.RTSPServer()
server.set_address("127.0.0.1")
server.set_service(sys.argv[1])

if sys.argv[2]:
    user, password = sys.argv[2].split(":", 1)
    token = GstRtspServer.RTSPToken()
    token.set_string("media.factory.role", "viewer")
    auth = GstRtspServer.RTSPAuth()
    auth.add_basic(GstRtspServer.RTSPAuth.make_basic(user, password), token)
    server.set_auth(auth)

mounts = server.get_mount_points()
for mount in sys.argv[3:]:
    path, rest = mount.split("=", 1)
    codec, file = rest.split(":", 1)
    factory = GstRtspServer.RTSPMediaFactory()
    factory.set_launch(PIPELINES[codec].format(f=file))
    factory.set_shared(False)
    permissions = GstRtspServer.RTSPPermissions()
    permissions.add_permission_for_role("viewer", "media.factory.access", True)
    permissions.add_permission_for_role("viewer", "media.factory.construct", True)
    factory.set_permissions(permissions)
    mounts.add_factory("/" + path, factory)

server.attach(None)
print("port", server.get_bound_port(), flush=True)
GLib.MainLoop().run()
