/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.io;

import com.sun.jna.Function;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.Buffer;
import java.util.NoSuchElementException;

/**
 * Functions of the C library through JNA, which is a module of the server or not there at all. A call makes a few objects, so it should do
 * much. JNA's direct mapping would make none, but keeps a class that it has mapped for ever, and with it an application that is gone.
 * For systems of 64 bits.
 */
final class JnaCalls implements NativeCalls {
    private final NativeLibrary library;

    /** @throws LinkageError without JNA, and where its library cannot be unpacked or loaded */
    JnaCalls() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(Native.class.getClassLoader()); // JNA starts a thread that would keep this one
        try {
            library = NativeLibrary.getInstance(Platform.C_LIBRARY_NAME);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Override
    public MethodHandle function(String name, Class<?>... parameters) throws ReflectiveOperationException {
        try {
            Function function = library.getFunction(name);
            return MethodHandles.publicLookup()
                    .findVirtual(Function.class, "invokeInt", MethodType.methodType(int.class, Object[].class))
                    .bindTo(function)
                    .asCollector(Object[].class, parameters.length)
                    .asType(MethodType.methodType(int.class, parameters));
        } catch (UnsatisfiedLinkError unknown) {
            throw (NoSuchElementException) new NoSuchElementException(name).initCause(unknown);
        }
    }

    @Override
    public long address(Buffer direct) {
        return Pointer.nativeValue(Native.getDirectBufferPointer(direct));
    }
}
