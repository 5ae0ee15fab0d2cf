/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.jca;

import jakarta.resource.Referenceable;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.AdministeredObject;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.ResourceAdapterAssociation;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import javax.naming.Reference;
import org.plenum.media.api.AccessRequest;
import org.plenum.media.api.AudioTap;
import org.plenum.media.api.AudioTapEvent;
import org.plenum.media.api.ConnectParameters;
import org.plenum.media.api.LocalPeer;
import org.plenum.media.api.LocalPeerEvent;
import org.plenum.media.api.LocalPeerSpec;
import org.plenum.media.api.Media;
import org.plenum.media.api.MediaParticipant;
import org.plenum.media.api.MediaRoomId;
import org.plenum.media.api.MediaStatistics;
import org.plenum.media.api.ServiceAnswer;
import org.plenum.media.api.ServiceRequest;
import org.plenum.media.api.SignalClient;
import org.plenum.media.api.SignalLink;
import org.plenum.media.api.TrackSource;
import org.plenum.media.api.Verdict;

/** What {@value Media#JNDI} is: the engine of the started adapter, for everybody who looks it up. Delegates, nothing else. */
@AdministeredObject(adminObjectInterfaces = Media.class)
public class MediaAdmin implements Media, ResourceAdapterAssociation, Referenceable, Serializable {
    private static final long serialVersionUID = 1;

    private MediaResourceAdapter adapter;
    private Reference reference;

    private Media engine() {
        return adapter.media();
    }

    @Override
    public String accessToken(AccessRequest request) {
        return engine().accessToken(request);
    }

    @Override
    public Verdict validate(String token, ConnectParameters parameters) {
        return engine().validate(token, parameters);
    }

    @Override
    public SignalLink connect(String token, ConnectParameters parameters, SignalClient client) {
        return engine().connect(token, parameters, client);
    }

    @Override
    public CompletionStage<List<MediaParticipant>> participants(MediaRoomId room) {
        return engine().participants(room);
    }

    @Override
    public CompletionStage<Boolean> remove(MediaRoomId room, String identity) {
        return engine().remove(room, identity);
    }

    @Override
    public CompletionStage<Boolean> allowSources(MediaRoomId room, String identity, Set<TrackSource> sources) {
        return engine().allowSources(room, identity, sources);
    }

    @Override
    public CompletionStage<Boolean> muteMicrophone(MediaRoomId room, String identity) {
        return engine().muteMicrophone(room, identity);
    }

    @Override
    public CompletionStage<Void> deleteRoom(MediaRoomId room) {
        return engine().deleteRoom(room);
    }

    @Override
    public LocalPeer openLocalPeer(MediaRoomId room, LocalPeerSpec spec, Consumer<LocalPeerEvent> events) {
        return engine().openLocalPeer(room, spec, events);
    }

    @Override
    public AudioTap openAudioTap(MediaRoomId room, int maxSpeakers, Consumer<AudioTapEvent> sink) {
        return engine().openAudioTap(room, maxSpeakers, sink);
    }

    @Override
    public CompletionStage<ServiceAnswer> serve(ServiceRequest request) {
        return engine().serve(request);
    }

    @Override
    public List<String> relays() {
        return engine().relays();
    }

    @Override
    public MediaStatistics statistics() {
        return engine().statistics();
    }

    @Override
    public ResourceAdapter getResourceAdapter() {
        return adapter;
    }

    @Override
    public void setResourceAdapter(ResourceAdapter started) throws ResourceException {
        if (!(started instanceof MediaResourceAdapter media)) {
            throw new ResourceException("no media adapter: " + started);
        }
        adapter = media;
    }

    @Override
    public Reference getReference() {
        return reference;
    }

    @Override
    public void setReference(Reference reference) {
        this.reference = reference;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MediaAdmin that && Objects.equals(adapter, that.adapter);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(adapter);
    }
}
