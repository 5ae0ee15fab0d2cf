/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.io;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.Array;
import java.nio.Buffer;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * Functions of the C library through the foreign function interface of JDK 22 and later (JEP 454). It is reached by reflection, because
 * this code is compiled for JDK 17; addresses are plain numbers. Whoever calls is responsible for what is there: a wrong address ends
 * the process.
 */
final class NativeCalls {
    private static final int FIRST_RELEASE = 22;
    private static final String PACKAGE = "java.lang.foreign.";

    private final Object linker;
    private final Object symbols;
    private final Object wordLayout; // of 32 bits
    private final Object longLayout;

    private NativeCalls() throws ReflectiveOperationException {
        Class<?> linkers = type("Linker");
        linker = linkers.getMethod("nativeLinker").invoke(null);
        symbols = linkers.getMethod("defaultLookup").invoke(linker);
        wordLayout = type("ValueLayout").getField("JAVA_INT").get(null);
        longLayout = type("ValueLayout").getField("JAVA_LONG").get(null);
    }

    private static Class<?> type(String name) throws ClassNotFoundException {
        return Class.forName(PACKAGE + name);
    }

    /** @return empty on an older JDK, and where the interface is not permitted */
    static Optional<NativeCalls> open() {
        if (Runtime.version().feature() < FIRST_RELEASE) {
            return Optional.empty();
        }
        try {
            return Optional.of(new NativeCalls());
        } catch (ReflectiveOperationException | RuntimeException notHere) {
            return Optional.empty();
        }
    }

    /**
     * @param parameters int.class or long.class each; pointers and size_t are long
     * @return a handle that takes exactly these and gives an int
     * @throws NoSuchElementException when the C library has no such function
     */
    MethodHandle function(String name, Class<?>... parameters) throws ReflectiveOperationException {
        Class<?> layouts = type("MemoryLayout");
        Object parameterLayouts = Array.newInstance(layouts, parameters.length);
        for (int i = 0; i < parameters.length; i++) {
            Array.set(parameterLayouts, i, parameters[i] == int.class ? wordLayout : longLayout);
        }
        Class<?> descriptors = type("FunctionDescriptor");
        Object descriptor = descriptors
                .getMethod("of", layouts, parameterLayouts.getClass())
                .invoke(null, wordLayout, parameterLayouts);
        Optional<?> symbol = (Optional<?>)
                type("SymbolLookup").getMethod("find", String.class).invoke(symbols, name);
        Object noOptions = Array.newInstance(type("Linker$Option"), 0);
        return (MethodHandle) type("Linker")
                .getMethod("downcallHandle", type("MemorySegment"), descriptors, noOptions.getClass())
                .invoke(linker, symbol.orElseThrow(), descriptor, noOptions);
    }

    /** @param direct lives at least as long as its address is used */
    long address(Buffer direct) throws ReflectiveOperationException {
        Class<?> segments = type("MemorySegment");
        Object segment = segments.getMethod("ofBuffer", Buffer.class).invoke(null, direct);
        return (long) segments.getMethod("address").invoke(segment);
    }
}
