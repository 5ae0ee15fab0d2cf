/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.packet;

import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Damaged copies of good packets, the same ones for the same seed. The caller repairs the outer shape of each, so that it
 * gets past the first checks.
 */
public final class Mutations {
    /** For each parser; a full run asks for more by the system property plenum.fuzz.mutations. */
    public static final int COUNT = Integer.getInteger("plenum.fuzz.mutations", 300);

    private Mutations() {}

    public static void of(byte[] original, long seed, Consumer<byte[]> check) {
        Random random = new Random(seed);
        for (int i = 0; i < COUNT; i++) {
            byte[] mutant = mutate(original, random);
            try {
                check.accept(mutant);
            } catch (RuntimeException | AssertionError cause) {
                throw new AssertionError(
                        "mutation " + i + " of seed " + seed + ": "
                                + java.util.HexFormat.of().formatHex(mutant),
                        cause);
            }
        }
    }

    private static byte[] mutate(byte[] original, Random random) {
        byte[] mutant = original.clone();
        for (int change = random.nextInt(4); change >= 0; change--) {
            int at = random.nextInt(mutant.length);
            switch (random.nextInt(6)) {
                case 0 -> mutant[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> mutant[at] = (byte) random.nextInt(256);
                case 2 -> mutant[at] = (byte) (random.nextBoolean() ? 0xFF : 0);
                case 3 -> mutant = Arrays.copyOf(mutant, Math.max(1, mutant.length - random.nextInt(8)));
                case 4 -> mutant = Arrays.copyOf(mutant, mutant.length + random.nextInt(8));
                default -> { // a piece of it once more: lengths and types in places of others
                    int length = Math.min(random.nextInt(16), mutant.length - at);
                    int to = random.nextInt(mutant.length - length + 1);
                    System.arraycopy(mutant, at, mutant, to, length);
                }
            }
        }
        return mutant;
    }
}
