/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.livekit;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import livekit.LivekitModels.AudioTrackFeature;
import livekit.LivekitModels.Encryption;
import livekit.LivekitModels.SimulcastCodecInfo;
import livekit.LivekitModels.TrackInfo;
import livekit.LivekitModels.TrackType;
import livekit.LivekitModels.VideoLayer;
import livekit.LivekitRtc.AddTrackRequest;
import livekit.LivekitRtc.SimulcastCodec;
import org.plenum.media.api.TrackSource;
import org.plenum.media.core.room.Forwarding;
import org.plenum.media.core.room.Forwarding.Layer;
import org.plenum.media.core.sdp.SubscriberOffer.Format;

/** A track of a participant, announced by add_track and later negotiated. */
final class Track {
    private static final List<String> RIDS = List.of("q", "h", "f"); // low to high, as clients name them

    private final String sid;
    private final TrackSource source;
    private final TrackInfo announced;
    private final List<String> wishes; // video codecs, the best first
    private final boolean dtx;
    private final boolean stereo;
    private final boolean red;
    private final Set<String> cids = new HashSet<>();
    private final Demand demand = new Demand(true);
    private final Demand secondDemand = new Demand(false);
    private final Optional<String> secondCodec;
    private Track second; // null until its sender has announced it
    private boolean muted;
    private boolean received;
    private boolean askedToMute;
    private String mid = "";
    private String mimeType; // what our answer will choose, or has chosen
    private Format format;
    private Forwarding.Publication publication;

    /**
     * @param source what the client asked for, or what it means when it did not say
     * @param videoCodecs that are permitted
     */
    Track(String sid, TrackSource source, AddTrackRequest request, List<String> videoCodecs) {
        this.sid = sid;
        this.source = source;
        this.muted = request.getMuted();
        this.dtx = !hasFeature(request, AudioTrackFeature.TF_NO_DTX);
        this.stereo = hasFeature(request, AudioTrackFeature.TF_STEREO);
        this.red = request.getType() == TrackType.AUDIO
                && !request.getDisableRed()
                && request.getEncryption() == Encryption.Type.NONE; // what is encrypted must arrive as it was sent
        this.wishes = wishes(request, videoCodecs);
        this.secondCodec = secondCodec(request, videoCodecs);
        this.mimeType = request.getType() == TrackType.VIDEO ? "video/" + wishes.get(0) : "audio/opus";
        this.announced = announced(request);
        cids.add(request.getCid());
        request.getSimulcastCodecsList().forEach(c -> cids.add(c.getCid()));
        cids.remove("");
    }

    /** What the client names first comes first; what is not permitted does not come at all. */
    private static List<String> wishes(AddTrackRequest request, List<String> permitted) {
        Stream<String> named =
                request.getSimulcastCodecsList().stream().limit(1).map(Track::name);
        return Stream.concat(named.filter(permitted::contains), permitted.stream())
                .distinct()
                .toList();
    }

    /** What the client can send beside the first, when somebody cannot decode that; not what is encrypted end to end, which its keys do not permit. */
    private Optional<String> secondCodec(AddTrackRequest request, List<String> permitted) {
        return request.getSimulcastCodecsList().stream()
                .skip(1)
                .limit(request.getEncryption() == Encryption.Type.NONE ? 1 : 0)
                .map(Track::name)
                .filter(name -> permitted.contains(name) && !name.equals(wishes.get(0)))
                .findFirst();
    }

    private static String name(SimulcastCodec codec) {
        return codec.getCodec().replaceFirst(".*/", "").toUpperCase(Locale.ROOT);
    }

    List<String> wishes() {
        return wishes;
    }

    /** The codec held ready for those who cannot decode the first (contract livekit.md section 8.5), in small letters, without its kind. */
    Optional<String> secondCodec() {
        return secondCodec.map(name -> name.toLowerCase(Locale.ROOT));
    }

    /** What those want who cannot decode the first codec. */
    Demand secondDemand() {
        return secondDemand;
    }

    /** The same video in its second codec; empty until its sender has announced it. */
    Optional<Track> second() {
        return Optional.ofNullable(second);
    }

    /** @param announced or null when it is sent no more */
    void second(Track announced) {
        second = announced;
        if (announced != null) {
            announced.mute(muted);
        }
    }

    /** @return whether this request may announce the second codec now */
    boolean takesSecond(AddTrackRequest request) {
        return publication != null
                && second == null
                && request.getTypeValue() == announced.getTypeValue()
                && request.getSimulcastCodecsList().stream()
                        .limit(1)
                        .map(Track::name)
                        .anyMatch(name -> secondCodec.filter(name::equals).isPresent());
    }

    private TrackInfo announced(AddTrackRequest request) {
        List<VideoLayer> layers = layers(request);
        boolean video = request.getType() == TrackType.VIDEO;
        String stream = source == TrackSource.CAMERA || source == TrackSource.MICROPHONE ? "camera" : "screen";
        TrackInfo.Builder info = TrackInfo.newBuilder()
                .setSid(sid)
                .setTypeValue(request.getTypeValue()) // by number: a client may know more names than we
                .setName(request.getName())
                .setSourceValue(request.getSourceValue())
                .setWidth(request.getWidth())
                .setHeight(request.getHeight())
                .setMimeType(mimeType)
                .setStream(request.getStream().isEmpty() ? stream : request.getStream())
                .setEncryptionValue(request.getEncryptionValue())
                .setDisableRed(!red)
                .setBackupCodecPolicyValue(request.getBackupCodecPolicyValue())
                .addAllAudioFeaturesValue(request.getAudioFeaturesValueList());
        if (video) {
            info.addCodecs(SimulcastCodecInfo.newBuilder()
                    .setMimeType(mimeType)
                    .setCid(request.getCid())
                    .addAllLayers(layers));
        }
        deprecated(info, layers);
        return info.build();
    }

    @SuppressWarnings("deprecation") // clients up to 2.19 read these fields
    private void deprecated(TrackInfo.Builder info, List<VideoLayer> layers) {
        info.addAllLayers(layers)
                .setSimulcast(layers.size() > 1)
                .setDisableDtx(!dtx)
                .setStereo(stereo);
    }

    @SuppressWarnings("deprecation") // older clients use the two flags that became features
    private static boolean hasFeature(AddTrackRequest request, AudioTrackFeature feature) {
        boolean flag = feature == AudioTrackFeature.TF_STEREO ? request.getStereo() : request.getDisableDtx();
        return flag || request.getAudioFeaturesList().contains(feature);
    }

    /** At most one a quality, from low to high: rtc-node sends the highest first. */
    private static List<VideoLayer> layers(AddTrackRequest request) {
        List<VideoLayer> given = request.getLayersList().isEmpty() && request.getSimulcastCodecsCount() > 0
                ? request.getSimulcastCodecs(0).getLayersList()
                : request.getLayersList();
        Set<Integer> seen = new HashSet<>();
        List<VideoLayer> sorted = given.stream()
                .sorted(Comparator.comparingInt(VideoLayer::getQualityValue))
                .filter(l -> l.getQualityValue() >= 0 && l.getQualityValue() < RIDS.size())
                .filter(l -> seen.add(l.getQualityValue()))
                .toList();
        return sorted.stream()
                .map(l -> l.toBuilder()
                        .setSpatialLayer(sorted.indexOf(l))
                        .setRid(RIDS.get(sorted.indexOf(l)))
                        .build())
                .toList();
    }

    String sid() {
        return sid;
    }

    TrackSource source() {
        return source;
    }

    boolean isVideo() {
        return announced.getType() == TrackType.VIDEO;
    }

    boolean dtx() {
        return dtx;
    }

    boolean stereo() {
        return stereo;
    }

    /** Whether what was sent before may go with every packet. */
    boolean red() {
        return red;
    }

    /** @param cid id of a track in the client's description */
    boolean isCalled(String cid) {
        return cids.contains(cid);
    }

    Set<String> cids() {
        return cids;
    }

    boolean isMuted() {
        return muted;
    }

    /** @return false when it was so already */
    boolean mute(boolean now) {
        boolean changed = muted != now;
        muted = now;
        second().ifPresent(track -> track.mute(now));
        if (publication != null) {
            publication.muted(now);
        }
        return changed;
    }

    /** Whether the client was asked to mute it and has not answered: a socket may be lost in between. */
    boolean isAskedToMute() {
        return askedToMute;
    }

    void askedToMute(boolean now) {
        askedToMute = now;
    }

    /** The codec in small letters, without its kind. */
    String codec() {
        return mimeType.replaceFirst(".*/", "").toLowerCase(Locale.ROOT);
    }

    /** What subscribers want of it; only of a video. */
    Demand demand() {
        return demand;
    }

    /** @return true the first time that somebody receives it */
    boolean firstReceived() {
        boolean first = !received;
        received = true;
        return first;
    }

    boolean isPublished() {
        return publication != null;
    }

    /** @return null while it is only announced */
    Forwarding.Publication publication() {
        return publication;
    }

    /** The codec subscribers are offered; only of a published track. */
    Format format() {
        return format;
    }

    void published(String section, Format codec, Forwarding.Publication made) {
        mid = section;
        mimeType = codec.mimeType();
        format = codec;
        publication = made;
        made.muted(muted);
    }

    void close() {
        second().ifPresent(Track::close);
        if (publication != null) {
            publication.close();
            publication = null;
        }
    }

    /** The smallest layer that is at least nine tenths as high as wanted, else the highest there is. */
    Layer layerFor(int height) {
        List<VideoLayer> layers = announced.getCodecsCount() == 0
                ? List.of()
                : announced.getCodecs(0).getLayersList();
        for (VideoLayer layer : layers) {
            if (layer.getHeight() >= 0.9 * height) {
                return Layer.values()[layer.getSpatialLayer()];
            }
        }
        return Layer.HIGH;
    }

    /** How clients see it now. */
    TrackInfo info() {
        TrackInfo.Builder info =
                announced.toBuilder().setMuted(muted).setMid(mid).setMimeType(mimeType);
        if (info.getCodecsCount() > 0) {
            info.getCodecsBuilder(0).setMid(mid).setMimeType(mimeType);
        }
        second().ifPresent(track -> info.addAllCodecs(track.info().getCodecsList()));
        return info.build();
    }

    /** How the rest of Plenum sees it now. */
    org.plenum.media.api.TrackInfo summary() {
        return new org.plenum.media.api.TrackInfo(sid, source, isVideo(), muted, mimeType);
    }
}
