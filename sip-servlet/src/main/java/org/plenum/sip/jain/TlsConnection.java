/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.jain;

import gov.nist.javax.sip.ListeningPointImpl;
import gov.nist.javax.sip.stack.NIOHandler;
import gov.nist.javax.sip.stack.NioTcpMessageChannel;
import gov.nist.javax.sip.stack.NioTcpMessageProcessor;
import gov.nist.javax.sip.stack.NioTlsMessageChannel;
import gov.nist.javax.sip.stack.SSLStateMachine;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.nio.channels.SocketChannel;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.sip.ListeningPoint;

/**
 * A connection of ours over TLS, opened before the stack needs it. Left alone, version 1.3.0-91 opens two for the first request over TLS, gives up the first
 * and sends that one's ClientHello through the second, encrypted, in front of the request. It does not when it finds the connection in its
 * table; only, it forgets to put it there. Nor does it tell whom it speaks with.
 */
final class TlsConnection {
    private static final int DNS_NAME = 2; // RFC 5280 section 4.2.1.6
    private static final int URI = 6;

    private final SSLEngine engine;

    private TlsConnection(SSLEngine engine) {
        this.engine = engine;
    }

    private static SSLEngine engine(NioTcpMessageChannel channel) throws ReflectiveOperationException {
        Field machine = NioTlsMessageChannel.class.getDeclaredField("sslStateMachine");
        machine.setAccessible(true);
        Field engine = SSLStateMachine.class.getDeclaredField("sslEngine");
        engine.setAccessible(true);
        return (SSLEngine) engine.get(machine.get(channel));
    }

    /** Whether the other side's certificate, which was found valid, is for this domain or host (RFC 5922 section 7.3). */
    boolean isOf(String domain, String host) {
        try {
            X509Certificate certificate = (X509Certificate) engine.getSession().getPeerCertificates()[0];
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names != null && names.stream().anyMatch(name -> isFor(name, domain) || isFor(name, host));
        } catch (SSLPeerUnverifiedException | CertificateParsingException unknown) {
            return false;
        }
    }

    private static boolean isFor(List<?> name, String host) {
        int kind = (Integer) name.get(0);
        return kind == DNS_NAME && host.equalsIgnoreCase((String) name.get(1))
                || kind == URI && ("sip:" + host).equalsIgnoreCase((String) name.get(1));
    }

    /**
     * Blocks while connecting.
     *
     * @param from a point of ours for TLS
     * @return the connection, new or known
     * @throws IOException nobody there
     */
    static TlsConnection open(ListeningPoint from, InetAddress host, int port) throws IOException {
        try {
            NioTcpMessageProcessor processor =
                    (NioTcpMessageProcessor) ((ListeningPointImpl) from).getMessageProcessor();
            Field field = NioTcpMessageProcessor.class.getDeclaredField("nioHandler");
            field.setAccessible(true);
            NIOHandler table = (NIOHandler) field.get(processor);
            String key = (String) call("makeKey", InetAddress.class, int.class).invoke(null, host, port);
            Object known = call("getSocket", String.class).invoke(table, key);
            if (known instanceof SocketChannel socket && socket.isOpen() && table.getMessageChannel(socket) != null) {
                return new TlsConnection(engine(table.getMessageChannel(socket)));
            }
            NioTcpMessageChannel channel = (NioTcpMessageChannel) processor.createMessageChannel(host, port);
            call("putSocket", String.class, SocketChannel.class).invoke(table, key, channel.getSocketChannel());
            return new TlsConnection(engine(channel));
        } catch (ReflectiveOperationException | ClassCastException otherVersion) {
            throw new IOException("the SIP stack is another version than the one this was made for", otherVersion);
        }
    }

    private static Method call(String name, Class<?>... parameters) throws NoSuchMethodException {
        Method method = NIOHandler.class.getDeclaredMethod(name, parameters);
        method.setAccessible(true);
        return method;
    }
}
