package org.jettyphp.servlet;

import java.util.Map;
import org.jettyphp.setting.Setting;
import org.jspecify.annotations.Nullable;

/** What is shown for errors. */
public record ErrorSettings(
        @Setting(text = "errorPage.404=/404.php is what is shown for 404, a script or a plain file, by its path below the context, with a query or not; errorPage.4xx and "
                + "errorPage.5xx are for all of a class that have none of their own. The status stays, and REDIRECT_STATUS tells it to the script. For "
                + "answers of the server's own, and for PHP's with interceptErrors")
        Map<String, String> errorPage,
        @Setting(byDefault = "false", text = "Whether an answer of PHP is dropped, too, if its status has an errorPage (or an ErrorDocument), which is shown in its place; "
                + "nginx's fastcgi_intercept_errors")
        boolean interceptErrors) {

    /** @throws IllegalArgumentException if a value cannot be used; the message begins with the setting's name and says what to change */
    public ErrorSettings {
        errorPage = Map.copyOf(errorPage);
        errorPage.forEach((status, page) -> {
            if (!status.matches("[45](\\d\\d|xx)")) {
                throw new IllegalArgumentException("errorPage." + status + " is for no status from 400 to 599, nor for 4xx or 5xx");
            }
            if (!page.matches("/[!-~&&[^#]]+") || page.startsWith("//")) {
                throw new IllegalArgumentException("errorPage." + status + " is '" + page + "'; write the path of a file below the context, "
                        + "percent-encoded, with a query or not: /404.php, /error.php?of=404");
            }
        });
    }

    /** The path of a status; null: none. */
    @Nullable
    String page(int status) {
        String exact = errorPage.get(Integer.toString(status));
        return exact != null ? exact : errorPage.get(status / 100 + "xx");
    }
}
