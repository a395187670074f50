package org.jettyphp.htaccess;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HtaccessParserTest {

    static String shipped(String application) throws IOException {
        try (InputStream in = HtaccessParserTest.class.getResourceAsStream(application + ".htaccess")) {
            return new String(Objects.requireNonNull(in, application).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static HtaccessFile parsed(String... lines) {
        return HtaccessParser.parse("/srv/.htaccess", String.join("\n", lines));
    }

    private static boolean closed(String... lines) {
        HtaccessRequest request = new HtaccessRequest(Asked.get("/"), null);
        return !parsed(lines).directives().access().grants(request);
    }

    @ParameterizedTest
    @ValueSource(strings = {"wordpress", "wordpress-plugin", "laravel", "symfony", "joomla", "dokuwiki", "denied", "denied-before-2.4",
            "mediawiki", "mediawiki-images", "drupal-files", "mixed"})
    void whatApplicationsShipIsUnderstood(String application) throws IOException {
        assertEquals(List.of(), HtaccessParser.parse(application, shipped(application)).warnings());
    }

    @ParameterizedTest
    @CsvSource({"drupal, assert.active", "nextcloud, default_charset"})
    void iniValuesAreWarnedOf(String application, String name) throws IOException {
        HtaccessFile file = HtaccessParser.parse(application, shipped(application));
        assertEquals(List.of(), file.warnings());
        assertTrue(file.php().stream().anyMatch(value -> value.ignored().contains("set ini." + name + " instead")), file.php().toString());
    }

    @Test
    void iniValuesAreWhatModPhpTakesThemFor() {
        assertEquals(List.of("a=64M", "b=x y", "c=", "d=1", "e=1", "f=0", "g=0"),
                parsed("php_value a 64M", "<IfModule mod_php.c>", "PHP_Value b \"x y\"", "</IfModule>", "<IfModule !mod_php.c>",
                        "php_value z 1",
                        "</IfModule>", "php_value c None", "php_flag d On", "php_flag e 1", "php_flag f Off", "php_flag g yes").php()
                        .stream().map(value -> value.name() + "=" + value.value()).toList());
    }

    @Test
    void iniValuesOfASectionAreItsOwn() {
        HtaccessFile file = parsed("php_value a 1", "<Files x.php>", "<IfModule mod_php.c>", "php_value a 2", "</IfModule>", "</Files>");
        assertEquals(1, file.php().size());
        assertEquals(List.of(new PhpValue("/srv/.htaccess:4", "php_value a 2", "a", "2")), file.sections().get(0).php());
        assertEquals(List.of(), file.warnings());
        assertTrue(file.says(file.sections().get(0).php().get(0)));
        assertFalse(file.says(new PhpValue("/srv/.htaccess:4", "php_value a 2", "a", "2")), "of the same file read at another time");
    }

    @Test
    void anIniValueKnowsItsLine() {
        assertEquals(new PhpValue("/srv/.htaccess:2", "php_value a 64M", "a", "64M"), parsed("# a", "php_value a 64M").php().get(0));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "<Limit POST>\\nphp_value a 1\\n</Limit> | 2: 'php_value a 1' is ignored: such a section is for access alone",
            "php_admin_value a 1 | 1: 'php_admin_value a 1' is ignored: it is not for .htaccess",
            "php_admin_flag a on | 1: 'php_admin_flag a on' is ignored: it is not for .htaccess",
            "php_value a | 1: 'php_value a' is not a name and a value"})
    void otherIniValuesAreWarnedOfAndNotTaken(String text, String warning) {
        HtaccessFile file = parsed(text.replace("\\n", "\n"));
        assertEquals(List.of(), file.php());
        assertTrue(file.warnings().get(0).contains(warning), file.warnings().toString());
    }

    @Test
    void aHandlerForWhatRunsAnywayIsNothingToWarnOf() {
        assertEquals(List.of(), parsed("AddHandler application/x-httpd-ea-php82 .php", "AddType application/x-httpd-php php").warnings());
        assertEquals(
                List.of("/srv/.htaccess:1: 'AddHandler php-script .php .html' is not followed: what is named so is not sent; to have it "
                        + "run, set scriptExtensions, and security.limit_extensions of PHP-FPM"),
                parsed("AddHandler php-script .php .html").warnings());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"LimitRequestBody 1000 | maxRequestBody", "XSendFile On | sendfileRoots",
            "XSendFilePath /srv | sendfileRoots", "ProxyErrorOverride On | interceptErrors", "PassEnv HOME | param.HOME=${env:HOME}",
            "RequestHeader set X-Own a | param.HTTP_X_OWN", "RequestHeader unset Cookie | param.HTTP_COOKIE",
            "Options +MultiViews | tryFiles=$uri $uri/ $uri.php", "Options Indexes MultiViews | tryFiles",
            "Options +Includes | no server-side includes",
            "AuthType Basic | let PHP ask for a login"})
    void aWarningSaysWhatToSetInstead(String line, String instead) {
        List<String> warnings = parsed(line).warnings();
        assertTrue(warnings.size() == 1 && warnings.get(0).contains(instead), warnings.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"edit | ^(.*)$ | $1; Secure | a=1 | a=1; Secure", "edit | a | b | aa | ba",
            "edit* | a | b | aca | bcb",
            "edit* | x* | - | ab | -a-b", "edit | z | b | aa | aa", "edit | (a)(q)? | [$2$0] | ab | [a]b", "edit | a | \\$1 | a | $1",
            "edit | (a*)*b$ | x | aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac | aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac"})
    void aPartOfAHeaderIsReplacedAsInApache(String action, String pattern, String by, String current, String expected) throws Exception {
        HeaderRule rule = HeaderRule.of(List.of(action, "X", pattern, by));
        assertEquals(expected, Objects.requireNonNull(rule.edit(Map.of())).edited(current));
    }

    @Test
    void whatIsSwitchedOffIsNothingToWarnOf() {
        assertEquals(List.of(), parsed("Options -MultiViews -Includes +FollowSymLinks", "Options None", "RequestHeader unset Proxy early",
                "RequestHeader append Accept-Encoding \"gzip,deflate\" env=HAVE_Accept-Encoding", "Options All").warnings());
    }

    /** Windows editors put it there; the first line is often the one that denies. */
    @Test
    void aByteOrderMarkIsNoPartOfTheFirstLine() {
        assertTrue(closed("\uFEFFRequire all denied"));
        assertEquals(List.of(), parsed("\uFEFF<IfModule mod_rewrite.c>", "RewriteEngine On", "</IfModule>").warnings());
    }

    @Test
    void aWarningNamesFileAndLineAndWhatIsThere() {
        assertEquals(List.of("/srv/.htaccess:3: 'NoSuchThing On' is not understood"), parsed("# a", "", "NoSuchThing On").warnings());
    }

    @Test
    void aBackslashJoinsLinesAndTheFirstOneIsNamed() {
        assertEquals(List.of("/srv/.htaccess:1: 'NoSuch Thing' is not understood"), parsed("NoSuch \\", "  Thing").warnings());
    }

    @Test
    void quotesGroupAndABackslashEscapesAQuote() {
        Line line = new Line(1, "Header", "set X \"a \\\"b\\\" \\d\" 'c d' \"\"");
        assertEquals(List.of("set", "X", "a \"b\" \\d", "c d", ""), line.words());
    }

    @Test
    void rewritingKeepsItsBackslashes() {
        Line line = new Line(1, "RewriteRule", "\"^a b\\.c$\" x\\ y [L]");
        assertEquals(List.of("^a b\\.c$", "x\\ y", "[L]"), line.rewriteWords());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Require valid-user", "Require expr %{TIME_HOUR} > 9", "Require ip nowhere.example", "Require all maybe",
            "Require not ip nowhere.example", "Require not ip 10", "Require all granted\nRequire not ip 10",
            "<RequireAny>\nRequire local\nRequire not ip 10\n</RequireAny>", "<RequireNone>\nRequire not ip 127\n</RequireNone>",
            "Order sideways", "Deny from bad.example", "Satisfy Perhaps", "AuthMerging And",
            "<If \"true\">\nRequire all denied\n</If>", "<Limit GET>\nRequire valid-user\n</Limit>", "<Limit GET>\nRequire all denied",
            "<Proxy *>\nDeny from all\n</Proxy>", "<FilesMatch \"(\">\nRequire all denied\n</FilesMatch>", "AllowMethods POST",
            "SSLRequireSSL", "<Limit HEAD>\nRequire all denied\n</Limit>",
            "<IfModule mod_auth_basic.c>\nAuthType Basic\nRequire valid-user\n</IfModule>",
            "<IfModule authn_file_module>\nRequire valid-user\n</IfModule>", "<IfModule mod_authnz_ldap.c>\nDeny from all\n</IfModule>",
            "<RequireAll>\nRequire all granted\nRequire host a.example\n</RequireAll>",
            "<RequireNone>\nRequire host a.example\n</RequireNone>", "<If \"true\">\n<Files x>\nDeny from all\n</Files>\n</If>",
            "<If \"true\">\nRewriteEngine On\nRewriteRule ^ - [F]\n</If>"})
    void accessControlThatIsNotUnderstoodDenies(String text) {
        assertTrue(closed(text.split("\n")), text);
    }

    /** By the number of its ones alone the first would let 127.0.9.1 in, which it does not mean. */
    @ParameterizedTest
    @ValueSource(strings = {"127.0.5.0/255.0.255.0", "127.0.0.0/0.255.0.0", "127.0.0.0/ffff::"})
    void aMaskThatIsNoneLetsNobodyIn(String network) {
        HtaccessRequest request = new HtaccessRequest(Asked.get("/").from("127.0.9.1"), null);
        HtaccessFile file = parsed("Require ip " + network);
        assertFalse(file.directives().access().grants(request));
        assertTrue(file.warnings().get(0).contains("no address and no network"), file.warnings().toString());
    }

    @Test
    void aMaskIsForFourBytesOnly() {
        assertTrue(parsed("Require ip ::1/255.0.0.0").warnings().get(0).contains("no address and no network"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Require all granted", "Require local", "Require ip 127", "Require ip 10.0.0.0/8 127.0.0.0/255.0.0.0",
            "Require method GET",
            "Order deny,allow", "Order allow,deny\nAllow from all", "Order deny,allow\nDeny from all\nAllow from 127.0.0.1",
            "Deny from 10.0.0.0/8", "<Limit POST>\nRequire all denied\n</Limit>", "<LimitExcept GET>\nDeny from all\n</LimitExcept>",
            "AllowMethods GET POST", "<IfModule mod_nosuch.c>\nRequire all denied\n</IfModule>",
            "<IfVersion < 2.4>\nDeny from all\n</IfVersion>",
            "Require valid-user\nRequire all granted", "Require valid-user\nAllow from all\nSatisfy Any",
            "<RequireAny>\nRequire host a.example\nRequire all granted\n</RequireAny>", "AuthType Basic",
            "<RequireAll>\nRequire not ip 10\nRequire all granted\n</RequireAll>",
            "<RequireNone>\nRequire ip 10\n</RequireNone>", "<If \"true\">\nHeader set A b\n</If>"})
    void accessControlThatIsUnderstoodIsFollowed(String text) {
        HtaccessRequest request = new HtaccessRequest(Asked.get("/").from("127.0.0.1"), null);
        assertTrue(parsed(text.split("\n")).directives().access().grants(request), text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <IfVersion >= 2.4> | true
            <IfVersion 2.2>    | false
            <IfVersion !< 2.4> | true
            <IfVersion > 2.10> | false
            <IfModule !rewrite_module> | false
            <IfModule mod_headers.c> | true
            <IfDefine X>       | false
            <IfDefine !X>      | true
            """)
    void conditionsOnTheServerAreDecidedWhenItIsRead(String opening, boolean counts) {
        String closing = "</" + opening.substring(1).split("[ >]")[0] + ">";
        HtaccessFile file = parsed(opening, "DirectoryIndex a.html", closing);
        assertEquals(counts ? List.of("a.html") : null, file.directives().routing().index());
        assertEquals(List.of(), file.warnings());
    }
}
