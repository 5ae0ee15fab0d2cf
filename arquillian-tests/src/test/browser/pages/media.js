// SPDX-License-Identifier: EUPL-1.2
// One participant in a page: what a test may ask of it hangs on window.peer.
/* global LivekitClient */
(() => {
  const { Room, RoomEvent, Track, LocalVideoTrack, LocalAudioTrack } = LivekitClient;
  const audio = new AudioContext();
  const sinks = new Map(); // track sid -> {element, analyser}
  const events = [];
  let room;

  function attach(track, publication, participant) {
    const element = track.attach();
    element.muted = track.kind !== 'audio' ? true : element.muted;
    document.body.append(element);
    const sink = { element, identity: participant.identity, kind: track.kind, track: track.mediaStreamTrack, mediaId: track.mediaStreamTrack.id, stream: track.mediaStream?.id };
    if (track.kind === 'audio') {
      sink.analyser = audio.createAnalyser();
      sink.analyser.fftSize = 8192;
      sink.analyser.smoothingTimeConstant = 0;
      audio.createMediaStreamSource(new MediaStream([track.mediaStreamTrack])).connect(sink.analyser);
    }
    sinks.set(publication.trackSid, sink);
  }

  /** Whatever the server says about its address: media goes to this port, where a bad line is. */
  function detour(port) {
    const moved = (text) => text.replace(/(candidate:\S+ \d+ udp \d+ \S+) \d+/gi, `$1 ${port}`);
    const { setRemoteDescription, addIceCandidate } = RTCPeerConnection.prototype;
    RTCPeerConnection.prototype.setRemoteDescription = function (description) {
      return setRemoteDescription.call(this, { type: description.type, sdp: moved(description.sdp) });
    };
    RTCPeerConnection.prototype.addIceCandidate = function (candidate) {
      return addIceCandidate.call(this, candidate?.candidate ? { ...candidate, candidate: moved(candidate.candidate) } : candidate);
    };
  }

  /** As behind a firewall that lets no UDP through: the server's UDP candidates lead nowhere, and those for TCP to this port, if it is said. */
  function overTcp(port) {
    const left = (text) => text.replace(/a=candidate:\S+ \d+ udp .*\r\n/gi, '').replace(/(a=candidate:\S+ \d+ tcp \d+ \S+) (\d+)/gi, `$1 ${port ?? '$2'}`);
    const { setRemoteDescription } = RTCPeerConnection.prototype;
    RTCPeerConnection.prototype.setRemoteDescription = function (description) {
      return setRemoteDescription.call(this, { type: description.type, sdp: left(description.sdp) });
    };
  }

  /** As behind a firewall that only lets the relay through: nothing else is gathered. @param by what the relay's address matches */
  function relayed({ by, credential }) {
    const Usual = RTCPeerConnection;
    window.RTCPeerConnection = class extends Usual {
      constructor(settings) {
        const iceServers = settings?.iceServers?.map((one) => ({ ...one, urls: [one.urls].flat().filter((url) => new RegExp(by).test(url)), credential: credential ?? one.credential }));
        super({ ...settings, iceServers, iceTransportPolicy: 'relay' });
      }
    };
  }

  /** Noise, which no encoder can make small. */
  function noise(pen, width, height) {
    const image = pen.createImageData(width, height);
    const words = new Uint32Array(image.data.buffer);
    for (let i = 0; i < words.length; i++) words[i] = (Math.random() * 0x1000000) | 0xff000000;
    pen.putImageData(image, 0, 0);
  }

  function canvasTrack(width, height, hue, busy) {
    const canvas = Object.assign(document.createElement('canvas'), { width, height });
    const pen = canvas.getContext('2d');
    let step = 0;
    setInterval(() => {
      step += 1;
      pen.fillStyle = `hsl(${(hue + step * 3) % 360} 80% 50%)`;
      pen.fillRect(0, 0, width, height);
      pen.fillStyle = 'white';
      pen.fillRect((step * 11) % width, height / 4, width / 8, height / 2);
      if (busy) noise(pen, width / 4, height / 4);
    }, 33);
    return canvas.captureStream(30).getVideoTracks()[0];
  }

  /** Firefox runs no AudioContext on a machine without a sound device; its fake microphone plays a tone all the same. */
  async function toneTrack(hertz) {
    if (audio.state !== 'running') {
      return (await navigator.mediaDevices.getUserMedia({ audio: true })).getAudioTracks()[0];
    }
    const tone = new OscillatorNode(audio, { frequency: hertz });
    const level = new GainNode(audio, { gain: 0.3 });
    const out = audio.createMediaStreamDestination();
    tone.connect(level).connect(out);
    tone.start();
    return out.stream.getAudioTracks()[0];
  }

  async function receiverStats(publication) {
    const report = await publication.track?.receiver?.getStats();
    for (const entry of report?.values() ?? []) {
      if (entry.type === 'inbound-rtp') {
        return {
          ssrc: entry.ssrc,
          frames: entry.framesDecoded ?? 0,
          packets: entry.packetsReceived,
          bytes: entry.bytesReceived,
          lost: entry.packetsLost,
          height: entry.frameHeight,
          rate: entry.framesPerSecond ?? 0,
          freezes: entry.freezeCount,
          frozen: entry.totalFreezesDuration,
          concealed: entry.concealedSamples,
          silentConcealed: entry.silentConcealedSamples,
          samples: entry.totalSamplesReceived,
          codec: report.get(entry.codecId)?.mimeType,
        };
      }
    }
    return null;
  }

  async function senderStats(publication) {
    let packets = 0;
    let bytes = 0;
    let layers = 0;
    const report = await publication.track?.sender?.getStats();
    for (const entry of report?.values() ?? []) {
      if (entry.type === 'outbound-rtp') {
        packets += entry.packetsSent;
        bytes += entry.bytesSent;
        layers += entry.packetsSent > 0 ? 1 : 0;
      }
    }
    return { packets, bytes, layers };
  }

  /** Options for media that only those can read who know the words. */
  async function encrypted(words) {
    const keyProvider = new LivekitClient.ExternalE2EEKeyProvider();
    await keyProvider.setKey(words);
    const version = new URLSearchParams(location.search).get('client');
    return { keyProvider, worker: new Worker(`/e2ee-${version}.js`) };
  }

  const remote = (sid) => [...room.remoteParticipants.values()].flatMap((each) => [...each.trackPublications.values()]).find((each) => each.trackSid === sid);

  window.peer = {
    events,
    detour,
    overTcp,
    relayed,

    /** @param words what encrypts media end to end, if anything does */
    async connect(url, token, { words, ...options } = {}, connectOptions = {}) {
      await Promise.race([audio.resume(), new Promise((resolve) => setTimeout(resolve, 1000))]);
      room = new Room({ adaptiveStream: true, dynacast: true, ...options, ...(words && { e2ee: await encrypted(words) }) });
      if (words) await room.setE2EEEnabled(true);
      const note = (name) => room.on(RoomEvent[name], (...details) => events.push([name, String(details[0]?.identity ?? details[0] ?? '')]));
      ['Connected', 'Reconnecting', 'SignalReconnecting', 'Reconnected', 'Disconnected', 'ParticipantConnected', 'ParticipantDisconnected', 'TrackMuted', 'TrackUnmuted', 'ActiveSpeakersChanged', 'LocalTrackUnpublished', 'ParticipantPermissionsChanged', 'TrackStreamStateChanged', 'TrackSubscriptionFailed'].forEach(note);
      room.on(RoomEvent.TrackSubscribed, attach);
      room.on(RoomEvent.TrackUnsubscribed, (track, publication) => {
        track.detach().forEach((element) => element.remove());
        sinks.delete(publication.trackSid);
      });
      await room.connect(url, token, { maxRetries: 0, ...connectOptions });
      return { sid: room.localParticipant.sid, identity: room.localParticipant.identity };
    },

    async publishPicture({ width = 1280, height = 720, hue = 0, busy = false, name = 'picture', source = 'camera', simulcast = true, codec = undefined, ready = undefined, bitrate = undefined } = {}) {
      const track = new LocalVideoTrack(canvasTrack(width, height, hue, busy), undefined, true);
      const publication = await room.localParticipant.publishTrack(track, { source: Track.Source[source === 'camera' ? 'Camera' : 'ScreenShare'], simulcast, name, ...(bitrate && { videoEncoding: { maxBitrate: bitrate, maxFramerate: 15 } }), ...(codec && { videoCodec: codec, backupCodec: ready ? { codec: ready } : false }) });
      return publication.trackSid;
    },

    async publishTone({ hertz = 440, name = 'tone', source = 'microphone' } = {}) {
      const track = new LocalAudioTrack(await toneTrack(hertz), undefined, true);
      const publication = await room.localParticipant.publishTrack(track, { source: Track.Source[source === 'microphone' ? 'Microphone' : 'ScreenShareAudio'], name });
      return publication.trackSid;
    },

    async publishMutedTone() {
      const track = new LocalAudioTrack(await toneTrack(440), undefined, true);
      await track.mute();
      return (await room.localParticipant.publishTrack(track, { source: Track.Source.Microphone })).trackSid;
    },

    async unpublish(sid) {
      const publication = [...room.localParticipant.trackPublications.values()].find((each) => each.trackSid === sid);
      await room.localParticipant.unpublishTrack(publication.track);
    },

    async mute(sid, muted) {
      const publication = [...room.localParticipant.trackPublications.values()].find((each) => each.trackSid === sid);
      await (muted ? publication.mute() : publication.unmute());
    },

    /** Packets sent of each layer of an own video; a single encoding counts as q. */
    async layers(sid) {
      const publication = [...room.localParticipant.trackPublications.values()].find((each) => each.trackSid === sid);
      const report = await publication.track.sender.getStats();
      const sent = {};
      for (const entry of report.values()) {
        if (entry.type === 'outbound-rtp') sent[entry.rid ?? 'q'] = entry.packetsSent;
      }
      return sent;
    },

    quality(sid, name) {
      remote(sid).setVideoQuality(LivekitClient.VideoQuality[name]);
    },

    enable(sid, now) {
      remote(sid).setEnabled(now);
    },

    subscribe(sid, now) {
      remote(sid).setSubscribed(now);
    },

    /** Subscribes, and tells after how many ms the first frame is shown. */
    async firstFrame(sid) {
      const begin = performance.now();
      const frame = new Promise((resolve) => {
        room.once(RoomEvent.TrackSubscribed, (track, publication) => sinks.get(publication.trackSid).element.requestVideoFrameCallback(resolve));
      });
      remote(sid).setSubscribed(true);
      await frame;
      return Math.round(performance.now() - begin);
    },

    /** Asks for another size, and tells after how many ms the first frame of this height is shown. */
    async firstOfHeight(sid, quality, height) {
      const begin = performance.now();
      remote(sid).setVideoQuality(LivekitClient.VideoQuality[quality]);
      const { element } = sinks.get(sid);
      for (;;) {
        const frame = await new Promise((resolve) => element.requestVideoFrameCallback((now, metadata) => resolve(metadata)));
        if (frame.height === height) return Math.round(performance.now() - begin);
      }
    },

    hide(sid) {
      sinks.get(sid).element.style.display = 'none';
    },

    /** Shows what was hidden, and tells after how many ms its first new frame is there. */
    async show(sid) {
      const frames = async () => (await receiverStats(remote(sid)))?.frames ?? 0;
      const before = await frames();
      const begin = performance.now();
      sinks.get(sid).element.style.display = '';
      while ((await frames()) === before) await new Promise((resolve) => setTimeout(resolve, 10));
      return Math.round(performance.now() - begin);
    },

    async report() {
      const participants = [];
      for (const each of room.remoteParticipants.values()) {
        const tracks = [];
        for (const publication of each.trackPublications.values()) {
          const sink = sinks.get(publication.trackSid);
          tracks.push({
            sid: publication.trackSid,
            name: publication.trackName,
            source: publication.source,
            kind: publication.kind,
            mimeType: publication.mimeType,
            encrypted: publication.isEncrypted,
            muted: publication.isMuted,
            subscribed: publication.isSubscribed && Boolean(sink),
            mediaId: sink?.mediaId,
            stream: sink?.stream,
            stats: await receiverStats(publication),
          });
        }
        participants.push({ identity: each.identity, sid: each.sid, name: each.name, speaking: each.isSpeaking, tracks });
      }
      const own = [];
      for (const publication of room.localParticipant.trackPublications.values()) {
        own.push({ sid: publication.trackSid, muted: publication.isMuted, stats: await senderStats(publication) });
      }
      return { state: room.state, sid: room.localParticipant.sid, participants, own, serverVersion: room.serverInfo?.version, metadata: room.metadata, quality: room.localParticipant.connectionQuality };
    },

    /** The loudest frequency of this participant's audio in hertz with its level in dB, or null without audio. */
    async tone(identity) {
      const sink = [...sinks.values()].find((each) => each.identity === identity && each.analyser);
      if (!sink) return null;
      if (audio.state !== 'running') return window.recordedTone(sink.track);
      const bins = new Float32Array(sink.analyser.frequencyBinCount);
      sink.analyser.getFloatFrequencyData(bins);
      let best = 0;
      bins.forEach((level, index) => {
        if (level > bins[best]) best = index;
      });
      return { hertz: (best * audio.sampleRate) / sink.analyser.fftSize, decibel: bins[best] };
    },

    /** A few pixels of this participant's picture: two looks differ when it moves. */
    picture(identity) {
      const sink = [...sinks.values()].find((each) => each.identity === identity && each.kind === 'video');
      if (!sink || sink.element.videoWidth === 0) return null;
      const canvas = Object.assign(document.createElement('canvas'), { width: 16, height: 9 });
      canvas.getContext('2d').drawImage(sink.element, 0, 0, 16, 9);
      return [...canvas.getContext('2d').getImageData(0, 0, 16, 9).data].join();
    },

    /** Cuts the signaling socket as a lost network would. */
    async dropSignal() {
      await room.simulateScenario('signal-reconnect');
    },

    full: () => room.simulateScenario('full-reconnect'),

    async leave() {
      await room?.disconnect();
    },

    async connectionStates() {
      const engine = room.engine;
      const managers = [engine.pcManager?.publisher, engine.pcManager?.subscriber].filter(Boolean);
      return managers.map((each) => each.getConnectionState?.() ?? each.connectionState);
    },
  };
})();
