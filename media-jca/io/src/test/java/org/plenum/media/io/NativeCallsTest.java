/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** By whatever this JDK has for it. */
@EnabledOnOs(
        value = OS.LINUX,
        architectures = {"amd64", "aarch64"})
class NativeCallsTest {
    @Test
    void functionsAreCalledAndUnknownOnesRefused() throws Throwable {
        NativeCalls calls = NativeCalls.open().orElseThrow();
        MethodHandle getsockname = calls.function("getsockname", int.class, long.class, long.class);
        long somewhere = calls.address(ByteBuffer.allocateDirect(128));
        assertNotEquals(0, somewhere);
        assertEquals(-1, (int) getsockname.invokeExact(-1, somewhere, somewhere));
        assertThrows(NoSuchElementException.class, () -> calls.function("no_such_function", int.class));
    }

    @Test
    void numbersOfBothSizesArriveAsTheyAre() throws Throwable {
        NativeCalls calls = NativeCalls.open().orElseThrow();
        MethodHandle memcmp = calls.function("memcmp", long.class, long.class, long.class);
        ByteBuffer direct = ByteBuffer.allocateDirect(16).putLong(0, 7).putLong(8, 7);
        long at = calls.address(direct);
        assertEquals(0, (int) memcmp.invokeExact(at, at + 8, 8L));
        direct.put(15, (byte) 8);
        assertNotEquals(0, (int) memcmp.invokeExact(at, at + 8, 8L));
        MethodHandle abs = calls.function("abs", int.class);
        assertEquals(70_000, (int) abs.invokeExact(-70_000));
    }
}
