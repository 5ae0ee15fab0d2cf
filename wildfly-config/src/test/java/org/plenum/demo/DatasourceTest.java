/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded database, opened by the URL that {@code datasource.cli} gives to the server. */
class DatasourceTest {
    private static final Path SCRIPT = Path.of("src/main/cli/datasource.cli");
    private static final Pattern URL = Pattern.compile("\\$\\{plenum\\.db\\.url:(jdbc:h2:file:)\\$\\{.*?}}([^}]*)}");
    private static final int ROWS = 20;

    @TempDir
    private Path directory;

    @Test
    @DisplayName("what was committed is there again although the process was killed at once")
    void killed() throws Exception {
        String url = url();
        Process server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Killed.class.getName(),
                        url)
                .inheritIO()
                .start();
        assertTrue(server.waitFor(60, TimeUnit.SECONDS), "it ends by itself");
        assertEquals(Killed.CODE, server.exitValue());
        try (Connection connection = open(url);
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("select count(*) from kept")) {
            count.next();
            assertEquals(ROWS, count.getInt(1));
        }
    }

    private String url() throws IOException {
        Matcher url = URL.matcher(Files.readString(SCRIPT));
        assertTrue(url.find(), "the script has a URL for H2");
        return url.group(1) + directory + url.group(2);
    }

    private static Connection open(String url) throws SQLException {
        return DriverManager.getConnection(url, "sa", "sa");
    }

    /** A server that commits and dies. */
    static final class Killed {
        static final int CODE = 9;

        private Killed() {}

        public static void main(String[] arguments) throws SQLException {
            Connection connection = open(arguments[0]);
            Statement statement = connection.createStatement();
            statement.execute("create table kept (number integer)");
            for (int row = 0; row < ROWS; row++) {
                statement.execute("insert into kept values (" + row + ")");
            }
            Runtime.getRuntime().halt(CODE); // nothing is written any more, as with kill -9
        }
    }
}
