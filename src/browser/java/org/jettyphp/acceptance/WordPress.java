package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jettyphp.peers.PeerServer;
import org.jettyphp.peers.RealMariaDb;
import org.jettyphp.peers.Trees;

/** Set up by its install pages, with permalinks that need rules. */
final class WordPress implements DebianApplication {

    private static final String TITLE = "AC/DC? 100% + C++ & Größe";
    private static final String LINK = "/ac-dc-100-c-grose/";
    private static final String MADE = "wp.data.select('core/editor')";

    private int databasePort;

    @Override
    public String preset() {
        return "wordpress";
    }

    @Override
    public Path setUp(Workplace place) throws Exception {
        Path blog = place.needs("wordpress", "/usr/share/wordpress")
                .needs("wordpress-theme-twentytwentythree", "/usr/share/wordpress/wp-content/themes/*").copy("/usr/share/wordpress");
        Files.delete(blog.resolve("wp-config.php"));
        PeerServer database = place.database();
        databasePort = database.port(0);
        // Else it offers them over https alone.
        Trees.write(blog, "wp-content/mu-plugins/passwords.php",
                "<?php add_filter('wp_is_application_passwords_available', '__return_true');");
        return blog;
    }

    /** Pictures of others, which a machine that is not in the net does not get. */
    @Override
    public List<String> itsOwnErrors() {
        return List.of("gravatar.com", "s.w.org");
    }

    @Override
    public void use(Visit visit) throws Exception {
        Browser browser = visit.browser();
        install(browser);
        logIn(browser);
        choosePermalinks(browser);
        write(visit);
        upload(visit);
        search(visit);
        callRest(visit);
        browser.open(LINK);
        assertEquals(TITLE, browser.text("h1"));
        visit.screenshot();
        browser.open(browser.find("#wp-admin-bar-logout a").getDomProperty("href"));
        assertTrue(browser.all("#user_login").size() > 0);
        browser.open("/");
        assertEquals(0, browser.all("#wpadminbar").size());
    }

    private void install(Browser browser) {
        browser.open("/");
        assertTrue(browser.path().startsWith("/wp-admin/setup-config.php"), browser.path());
        browser.open("/wp-admin/setup-config.php?step=1");
        browser.type("#dbname", RealMariaDb.DATABASE);
        browser.type("#uname", RealMariaDb.USER);
        browser.type("#pwd", PASSWORD);
        browser.type("#dbhost", "127.0.0.1:" + databasePort);
        browser.press("input[type=submit]");
        browser.press("a.button");
        browser.type("#weblog_title", "Tea & Coffee");
        browser.type("#user_login", "ada");
        browser.type("#pass1", PASSWORD);
        browser.type("#admin_email", "ada@example.org");
        browser.press("#submit");
    }

    private static void logIn(Browser browser) {
        browser.open("/wp-login.php");
        browser.type("#user_login", "ada");
        browser.type("#user_pass", PASSWORD);
        browser.press("#wp-submit");
        assertTrue(browser.all("#wpadminbar").size() > 0);
    }

    private static void choosePermalinks(Browser browser) {
        browser.open("/wp-admin/options-permalink.php");
        browser.find("input[value='/%postname%/']").click();
        browser.press("#submit");
        assertTrue(browser.all("#setting-error-settings_updated, .notice-success").size() > 0);
    }

    private static void write(Visit visit) {
        Browser browser = visit.browser();
        browser.open("/wp-admin/post-new.php");
        browser.await(
                page -> browser.run("return !!(window.wp && wp.data && " + MADE + " && " + MADE + ".getCurrentPostId())") == Boolean.TRUE);
        save(browser, "Text.", Map.of("title", TITLE, "status", "publish"));
        long id = browser.number(MADE + ".getCurrentPostId()");
        browser.open((String) browser.run("return " + MADE + ".getPermalink()"));
        assertEquals(LINK, browser.path());
        assertEquals(TITLE, browser.text("h1"));
        browser.open("/wp-admin/post.php?post=" + id + "&action=edit");
        browser.await(page -> browser.run("return !!(window.wp && wp.data && " + MADE + ".getCurrentPostId())") == Boolean.TRUE);
        save(browser, "Another text, 100% and more.", Map.of());
        browser.open(LINK);
        assertEquals("Another text, 100% and more.", browser.text(".entry-content p"));
    }

    /** In its block editor, by what its buttons call. */
    private static void save(Browser browser, String text, Map<String, String> more) {
        Object saved = browser.run("""
                const editor = wp.data.dispatch('core/editor');
                wp.data.dispatch('core/block-editor').resetBlocks([wp.blocks.createBlock('core/paragraph', {content: arguments[0]})]);
                return editor.editPost(arguments[1]).then(() => editor.savePost())
                    .then(() => wp.data.select('core/editor').didPostSaveRequestSucceed());
                """, text, more);
        assertEquals(Boolean.TRUE, saved);
    }

    /** By both of its uploaders. */
    private static void upload(Visit visit) throws Exception {
        Browser browser = visit.browser();
        browser.open("/wp-admin/media-new.php?browser-uploader").find("#async-upload").sendKeys(visit.picture().toString());
        browser.press("#html-upload");
        browser.open("/wp-admin/media-new.php?multi-file-uploader");
        browser.await(page -> browser.all(".moxie-shim input[type=file]").size() > 0);
        browser.find(".moxie-shim input[type=file]").sendKeys(visit.picture().toString());
        browser.await(page -> browser.all(".media-item .edit-attachment, .media-item .attachment-details").size() > 0);
        Matcher pictures = Pattern.compile("\"thumbnail\":\\{[^}]*\"source_url\":\"http:[^\"]*?(\\\\/wp-content[^\"]*)\"")
                .matcher(visit.ask("/wp-json/wp/v2/media").text());
        for (int i = 0; i < 2; i++) {
            assertTrue(pictures.find(), "a thumbnail of each");
            assertEquals(200, visit.ask(pictures.group(1).replace("\\/", "/")).status(), pictures.group(1));
        }
    }

    private static void search(Visit visit) throws Exception {
        for (String sought : new String[] {"/?s=AC%2FDC%3F+100%25+%2B+C%2B%2B+%26", "/search/AC%2FDC%3F/"}) {
            visit.browser().open(sought);
            assertTrue(visit.browser().all(".wp-block-post-title a").stream().anyMatch(link -> link.getText().equals(TITLE)), sought);
        }
    }

    private static void callRest(Visit visit) throws Exception {
        Browser browser = visit.browser();
        browser.open("/wp-admin/profile.php");
        browser.type("#new_application_password_name", "a program");
        browser.find("#do_new_application_password").click();
        String password = browser.await(page -> browser.all("#new-application-password-value").stream().findFirst()
                .map(field -> field.getDomProperty("value")).orElse(null));
        String named = "Authorization: Basic "
                + Base64.getEncoder().encodeToString(("ada:" + password).getBytes(StandardCharsets.UTF_8));
        String json = "Content-Type: application/json";
        assertEquals(401, visit.ask("/wp-json/wp/v2/users/me").status());
        assertEquals(200, visit.ask("/wp-json/wp/v2/users/me", named).status());
        String made = visit.send("POST", "/wp-json/wp/v2/posts", "{\"title\":\"50% + 1?\",\"status\":\"publish\"}", named, json).text();
        Matcher id = Pattern.compile("^\\{\"id\":(\\d+)").matcher(made);
        assertTrue(id.find(), made);
        String post = "/wp-json/wp/v2/posts/" + id.group(1);
        assertEquals(200, visit.send("PUT", post, "{\"title\":\"51% + 1?\"}", named, json).status());
        assertEquals(200, visit.send("DELETE", post, "", named).status());
    }
}
