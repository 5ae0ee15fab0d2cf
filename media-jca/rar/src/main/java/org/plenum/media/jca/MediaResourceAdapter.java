/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.jca;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.ConfigProperty;
import jakarta.resource.spi.Connector;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.ResourceAdapterInternalException;
import jakarta.resource.spi.TransactionSupport;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import jakarta.resource.spi.work.WorkManager;
import java.io.Serializable;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Objects;
import javax.transaction.xa.XAResource;
import org.plenum.media.api.Media;
import org.plenum.media.front.Front;
import org.plenum.media.front.FrontConfig;
import org.plenum.media.io.MediaConfig;
import org.plenum.media.io.MediaEngine;
import org.plenum.media.io.TurnConfig;

/** Life cycle only: configuration in, engine started on container threads, engine stopped in bounded time. */
@Connector(displayName = "Plenum media", transactionSupport = TransactionSupport.TransactionSupportLevel.NoTransaction)
public class MediaResourceAdapter implements ResourceAdapter, Serializable {
    private static final long serialVersionUID = 1;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** Instead of a secret: a new one at every start. */
    static final String GENERATED = "generated";
    /** Instead of a TCP port: a descriptor's expression cannot name another one as its default. */
    static final int SAME_AS_UDP = -1;
    /** Instead of advertised addresses: an expression in a descriptor cannot have an empty default. */
    static final String SAME_AS_BIND = "bind-address";
    /** Instead of the addresses of TURN servers: those of our own relay, if there is one. */
    static final String OWN_RELAY = "own";
    /** Instead of addresses. */
    static final String NO_PROXIES = "none";
    /** Instead of a file. */
    static final String NO_KEY_STORE = "none";

    @ConfigProperty(defaultValue = "127.0.0.1", description = "Address the UDP port is bound to")
    private String bindAddress = "127.0.0.1";

    @ConfigProperty(
            defaultValue = SAME_AS_BIND,
            description = "Addresses told to clients, with commas; bind-address means the one that is bound")
    private String advertisedAddress = SAME_AS_BIND;

    @ConfigProperty(defaultValue = "10000", description = "The one UDP port of all media")
    private Integer udpPort = 10000;

    @ConfigProperty(
            defaultValue = "-1",
            description =
                    "The TCP port of media for those to whom UDP is closed, 0 for none, -1 for the UDP port's number")
    private Integer tcpPort = SAME_AS_UDP;

    @ConfigProperty(defaultValue = "plenum", description = "Issuer of access tokens")
    private String apiKey = "plenum";

    @ConfigProperty(
            defaultValue = GENERATED,
            confidential = true,
            description = "Signs access tokens, 16 characters or more; generated means random at start")
    private String apiSecret = GENERATED;

    @ConfigProperty(
            defaultValue = "true",
            description = "Whether joining makes a room; otherwise CreateRoom does, or a token with roomCreate")
    private Boolean createRooms = true;

    @ConfigProperty(
            defaultValue = "VP8,H264",
            description = "Video codecs that may be published; clients fall back to the first")
    private String videoCodecs = "VP8,H264";

    @ConfigProperty(
            defaultValue = "false",
            description =
                    "Send packets one by one, even where the system and the JDK (22 or later) can send many at once")
    private Boolean portable = false;

    @ConfigProperty(
            defaultValue = "0",
            description =
                    "The port of the TURN relay to the media, UDP and TCP, for those who reach nothing else; 0 for none")
    private Integer turnPort = 0;

    @ConfigProperty(
            defaultValue = OWN_RELAY,
            description =
                    "TURN servers told to clients, with commas (turn:host:port?transport=tcp); own means this relay")
    private String turnUrls = OWN_RELAY;

    @ConfigProperty(
            defaultValue = GENERATED,
            confidential = true,
            description = "Shared with the TURN servers that are told, 16 characters or more; generated means random")
    private String turnSecret = GENERATED;

    @ConfigProperty(
            defaultValue = NO_PROXIES,
            description =
                    "Addresses of proxies in front of the TURN relay that use the PROXY protocol, with commas, or none")
    private String turnTrustedProxies = NO_PROXIES;

    @ConfigProperty(
            defaultValue = "0",
            description =
                    "One TCP port for HTTPS and TURN, usually 443; 0 for none, also where a load balancer does it")
    private Integer frontPort = 0;

    @ConfigProperty(defaultValue = "localhost", description = "The name on the certificate of that port")
    private String frontHost = "localhost";

    @ConfigProperty(
            defaultValue = NO_KEY_STORE,
            description = "A file with the key and the certificates of that port, as the HTTPS listener has them")
    private String frontKeyStore = NO_KEY_STORE;

    @ConfigProperty(defaultValue = "password", confidential = true, description = "Of that file and the key in it")
    private String frontKeyStorePassword = "password";

    @ConfigProperty(defaultValue = "127.0.0.1:8443", description = "The HTTPS listener behind that port")
    private String frontHttps = "127.0.0.1:8443";

    @ConfigProperty(
            defaultValue = "false",
            description = "Whether that listener is told who comes by the PROXY protocol (its proxy-protocol)")
    private Boolean frontProxyProtocol = false;

    private transient volatile MediaEngine engine;
    private transient volatile Front front;

    @Override
    public void start(BootstrapContext container) throws ResourceAdapterInternalException {
        try {
            WorkManager works = container.getWorkManager();
            MediaConfig config = config();
            engine = MediaEngine.open(config, new WorkThreads(works));
            front = frontPort == 0 ? null : Front.open(front(config));
            for (Runnable loop : engine.loops()) {
                works.startWork(new LongRunning(loop));
            }
        } catch (Exception cause) { // half started is worse than not started
            stop();
            throw new ResourceAdapterInternalException("media did not start: " + cause.getMessage(), cause);
        }
    }

    private MediaConfig config() {
        String advertised = SAME_AS_BIND.equals(advertisedAddress) ? "" : advertisedAddress;
        String secret = GENERATED.equals(apiSecret) ? randomSecret() : apiSecret;
        return MediaConfig.of(bindAddress, advertised, udpPort, apiKey, secret)
                .overTcp(tcpPort == SAME_AS_UDP ? udpPort : tcpPort)
                .creatingRooms(createRooms)
                .encodingVideo(videoCodecs)
                .relaying(turn())
                .portably(portable);
    }

    private TurnConfig turn() {
        String urls = OWN_RELAY.equals(turnUrls) ? "" : turnUrls;
        if (!urls.isEmpty() && turnPort == 0 && GENERATED.equals(turnSecret)) {
            throw new IllegalArgumentException(
                    TurnConfig.URLS + " names servers of others, which need " + TurnConfig.SECRET);
        }
        TurnConfig turn = TurnConfig.of(turnPort, urls, GENERATED.equals(turnSecret) ? randomSecret() : turnSecret)
                .trusting(NO_PROXIES.equals(turnTrustedProxies) ? "" : turnTrustedProxies);
        return frontPort == 0 ? turn : turn.behind(FrontConfig.turnUrl(frontHost, frontPort));
    }

    private FrontConfig front(MediaConfig media) {
        InetAddress bound = media.bindAddress();
        InetAddress here = bound.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : bound;
        return new FrontConfig(
                bound,
                frontPort,
                frontHost,
                Path.of(NO_KEY_STORE.equals(frontKeyStore) ? "" : frontKeyStore),
                frontKeyStorePassword,
                FrontConfig.https(frontHttps),
                frontProxyProtocol,
                new InetSocketAddress(here, media.turn().port()));
    }

    private static String randomSecret() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    @Override
    public void stop() { // may be called twice, and after a failed start
        Front closing = front;
        front = null;
        if (closing != null) {
            closing.close();
        }
        MediaEngine stopping = engine;
        engine = null;
        if (stopping != null && !stopping.close(PATIENCE)) {
            System.getLogger("org.plenum.media")
                    .log(Level.WARNING, "a media thread did not end within " + PATIENCE.toSeconds() + " s");
        }
    }

    /** @throws IllegalStateException while the adapter is not started */
    Media media() {
        MediaEngine running = engine;
        if (running == null) {
            throw new IllegalStateException("the media engine is stopped");
        }
        return running.media();
    }

    boolean isStarted() {
        return engine != null;
    }

    // There is nothing to listen to by message endpoint; the container asks all the same.

    @Override
    public void endpointActivation(MessageEndpointFactory factory, ActivationSpec spec) throws ResourceException {
        throw new jakarta.resource.NotSupportedException("media has no message endpoints");
    }

    @Override
    public void endpointDeactivation(MessageEndpointFactory factory, ActivationSpec spec) {
        // none was activated
    }

    @Override
    public XAResource[] getXAResources(ActivationSpec[] specs) {
        return new XAResource[0];
    }

    // Properties: JCA wants setters, and equality over them.

    @Override
    public boolean equals(Object other) {
        return other instanceof MediaResourceAdapter that
                && Objects.equals(bindAddress, that.bindAddress)
                && Objects.equals(advertisedAddress, that.advertisedAddress)
                && Objects.equals(udpPort, that.udpPort)
                && Objects.equals(tcpPort, that.tcpPort)
                && Objects.equals(apiKey, that.apiKey)
                && Objects.equals(apiSecret, that.apiSecret)
                && Objects.equals(turnPort, that.turnPort)
                && Objects.equals(turnUrls, that.turnUrls)
                && Objects.equals(turnSecret, that.turnSecret)
                && Objects.equals(frontPort, that.frontPort);
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                bindAddress,
                advertisedAddress,
                udpPort,
                tcpPort,
                apiKey,
                apiSecret,
                turnPort,
                turnUrls,
                turnSecret,
                frontPort);
    }

    public String getBindAddress() {
        return bindAddress;
    }

    public void setBindAddress(String bindAddress) {
        this.bindAddress = bindAddress;
    }

    public String getAdvertisedAddress() {
        return advertisedAddress;
    }

    public void setAdvertisedAddress(String advertisedAddress) {
        this.advertisedAddress = advertisedAddress;
    }

    public Integer getUdpPort() {
        return udpPort;
    }

    public void setUdpPort(Integer udpPort) {
        this.udpPort = udpPort;
    }

    public Integer getTcpPort() {
        return tcpPort;
    }

    public void setTcpPort(Integer tcpPort) {
        this.tcpPort = tcpPort;
    }

    public Boolean getCreateRooms() {
        return createRooms;
    }

    public void setCreateRooms(Boolean createRooms) {
        this.createRooms = createRooms;
    }

    public String getVideoCodecs() {
        return videoCodecs;
    }

    public void setVideoCodecs(String videoCodecs) {
        this.videoCodecs = videoCodecs;
    }

    public Boolean getPortable() {
        return portable;
    }

    public void setPortable(Boolean portable) {
        this.portable = portable;
    }

    public String getApiKey() {
        return apiKey;
    }

    public void setApiKey(String apiKey) {
        this.apiKey = apiKey;
    }

    public String getApiSecret() {
        return apiSecret;
    }

    public void setApiSecret(String apiSecret) {
        this.apiSecret = apiSecret;
    }

    public Integer getTurnPort() {
        return turnPort;
    }

    public void setTurnPort(Integer turnPort) {
        this.turnPort = turnPort;
    }

    public String getTurnUrls() {
        return turnUrls;
    }

    public void setTurnUrls(String turnUrls) {
        this.turnUrls = turnUrls;
    }

    public String getTurnSecret() {
        return turnSecret;
    }

    public void setTurnSecret(String turnSecret) {
        this.turnSecret = turnSecret;
    }

    public String getTurnTrustedProxies() {
        return turnTrustedProxies;
    }

    public void setTurnTrustedProxies(String turnTrustedProxies) {
        this.turnTrustedProxies = turnTrustedProxies;
    }

    public Integer getFrontPort() {
        return frontPort;
    }

    public void setFrontPort(Integer frontPort) {
        this.frontPort = frontPort;
    }

    public String getFrontHost() {
        return frontHost;
    }

    public void setFrontHost(String frontHost) {
        this.frontHost = frontHost;
    }

    public String getFrontKeyStore() {
        return frontKeyStore;
    }

    public void setFrontKeyStore(String frontKeyStore) {
        this.frontKeyStore = frontKeyStore;
    }

    public String getFrontKeyStorePassword() {
        return frontKeyStorePassword;
    }

    public void setFrontKeyStorePassword(String frontKeyStorePassword) {
        this.frontKeyStorePassword = frontKeyStorePassword;
    }

    public String getFrontHttps() {
        return frontHttps;
    }

    public void setFrontHttps(String frontHttps) {
        this.frontHttps = frontHttps;
    }

    public Boolean getFrontProxyProtocol() {
        return frontProxyProtocol;
    }

    public void setFrontProxyProtocol(Boolean frontProxyProtocol) {
        this.frontProxyProtocol = frontProxyProtocol;
    }
}
