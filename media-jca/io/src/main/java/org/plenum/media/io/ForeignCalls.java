/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.io;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.Array;
import java.nio.Buffer;
import java.util.Optional;

/**
 * Functions of the C library through the foreign function interface of JDK 22 and later (JEP 454). It is reached by reflection, because
 * this code is compiled for JDK 17.
 */
final class ForeignCalls implements NativeCalls {
    /** Of the JDK. */
    static final int FIRST_RELEASE = 22;

    private static final String PACKAGE = "java.lang.foreign.";

    private final Object linker;
    private final Object symbols;
    private final Object wordLayout; // of 32 bits
    private final Object longLayout;

    /** @throws ReflectiveOperationException on an older JDK, and where the interface is not permitted */
    ForeignCalls() throws ReflectiveOperationException {
        Class<?> linkers = type("Linker");
        linker = linkers.getMethod("nativeLinker").invoke(null);
        symbols = linkers.getMethod("defaultLookup").invoke(linker);
        wordLayout = type("ValueLayout").getField("JAVA_INT").get(null);
        longLayout = type("ValueLayout").getField("JAVA_LONG").get(null);
    }

    private static Class<?> type(String name) throws ClassNotFoundException {
        return Class.forName(PACKAGE + name);
    }

    @Override
    public MethodHandle function(String name, Class<?>... parameters) throws ReflectiveOperationException {
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

    @Override
    public long address(Buffer direct) throws ReflectiveOperationException {
        Class<?> segments = type("MemorySegment");
        Object segment = segments.getMethod("ofBuffer", Buffer.class).invoke(null, direct);
        return (long) segments.getMethod("address").invoke(segment);
    }
}
