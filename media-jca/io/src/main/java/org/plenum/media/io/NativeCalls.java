/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.io;

import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandle;
import java.nio.Buffer;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * Functions of the C library. Addresses are plain numbers, and whoever calls is responsible for what is there: a wrong one ends the process.
 * Any thread; the handles hold what they need.
 */
interface NativeCalls {
    /**
     * @param parameters int.class or long.class each; pointers and size_t are long
     * @return a handle that takes exactly these and gives an int
     * @throws NoSuchElementException when the C library has no such function
     */
    MethodHandle function(String name, Class<?>... parameters) throws ReflectiveOperationException;

    /** @param direct lives at least as long as its address is used */
    long address(Buffer direct) throws ReflectiveOperationException;

    /** The JDK's own way, and JNA where the JDK is too old for it. @return empty where neither works */
    static Optional<NativeCalls> open() {
        try {
            return Optional.of(
                    Runtime.version().feature() >= ForeignCalls.FIRST_RELEASE ? new ForeignCalls() : new JnaCalls());
        } catch (ReflectiveOperationException | RuntimeException | LinkageError notHere) {
            System.getLogger("org.plenum.media").log(Level.DEBUG, "no calls of the C library", notHere);
            return Optional.empty();
        }
    }
}
