# PHP through PHP-FPM, for Jetty 12.1.

[description]
PHP through PHP-FPM: one context with its own document root, and the library
(org.jettyphp.servlet.PhpFilter, PhpServlet) on the path of every ee11 web application.

[tags]
php
fastcgi

[environment]
ee11

[depend]
server
ee11-webapp

[files]
lib/php-fpm/

[lib]
lib/php-fpm/*.jar

[xml]
etc/jetty-php-fpm.xml

[ini-template]
## What the application is known to need: auto looks whose directory it is (and its public, web, docroot), or one of: wordpress, nextcloud, mediawiki, dokuwiki, joomla, drupal, phpmyadmin, laravel, symfony, plain, or none. Whatever else is set is stronger, except that deny, allow, noExec and rewrite add to it. Default: auto in the main class, else none
# php.preset=

## Path under which the application appears
# php.contextPath=/

## Addresses and networks of reverse proxies, such as 10.0.0.1 or 10.0.0.0/8, whose Forwarded or X-Forwarded-For, -Proto, -Host, -Port are believed: REMOTE_ADDR, HTTPS, SERVER_NAME and SERVER_PORT follow. Default: nobody
# php.trustedProxies=

## Where PHP-FPM listens: 127.0.0.1:9000, [::1]:9000, 9000, /run/php/php8.2-fpm.sock, unix:/path, fcgi://host:9000, proxy:unix:/path|fcgi://localhost/; 'private' starts one of our own; or several with commas between, each with weight=N, backup or status=ADDRESS behind it: 10.0.0.1:9000 weight=3, 10.0.0.2:9000, 10.0.0.3:9000 backup. Default: the main class starts a private one, a web application must say
# php.target=

## Which of several targets takes a request: least-busy, round-robin, first (the first that is there), client (always the same one for a client's address); each has maxConnections of its own
# php.balance=least-busy

## The pm.status_path of PHP-FPM's pool, for example /status: it is asked every 2 s, and how many workers it has becomes how many requests it is given at once, up to maxConnections if that is set. Behind a target status=ADDRESS names the pm.status_listen of its pool (a mere port: of the same host), which answers while all workers are busy
# php.statusPath=

## How often host names among the targets are resolved again: one with several addresses of one family is as many PHP-FPMs, which join and leave with them. 0: not again, and a name is one PHP-FPM
# php.dnsTtl=10s

## How long connecting to PHP-FPM may take. 0: without limit
# php.connectTimeout=5s

## How long PHP may be silent: until the first byte of its answer and between two bytes; then 504. 0: without limit
# php.responseTimeout=60s

## responseTimeoutFor.PATH=10m is responseTimeout for the URLs at and below PATH, as in responseTimeoutFor./admin/export.php=10m; PATH is written as in the URL, without the context path; the longest one that fits counts
# php.responseTimeoutFor=NAME=value;NAME=value

## Directory of the application, as this server sees it; in a web application relative to its own directory: public. Default: the DIR argument, or the web application's own directory
# php.documentRoot=

## The same directory as PHP-FPM sees it, absolute, where that differs (another machine or container). Default: documentRoot
# php.scriptRoot=

## Endings, without the dot, of the files that are scripts; case matters. PHP-FPM's security.limit_extensions must have them too
# php.scriptExtensions=php

## Whether a script must exist as a regular file here; false where the files are on PHP-FPM's side only: then the first segment that ends like a script is one, and PHP-FPM's security.limit_extensions must not be empty
# php.checkFile=true

## Files that answer for a directory; the first one that exists. With checkFile=false the first script
# php.index=index.php index.html

## What answers a URL that is no file (front controller): /index.php, /index.php$path with the path as PATH_INFO, or /index.php?q=$path with it in the query, followed by the request's own
# php.fallback=

## The same in nginx's notation, in the place of fallback: $uri $uri/ /index.php?$args. What is looked for in order: $uri, what the URL names (always first); $uri/, directories, with a slash and an index; other files, such as $uri.html; and last what answers, whose query is all that PHP gets ($args, $query_string and $is_args stand for the request's own), or =404
# php.tryFiles=

## What is never served and never run (404), beside the names by default: names, with * and ?, of files and directories at any depth (*.sql), or paths below the document root with all that is below them (/private, /vendor/**/*.php); case does not matter, and a compressed copy (dump.sql.gz) is denied with what it is of. Always so: WEB-INF, META-INF, the files of --config and rewrite, and what looks like a script and does not run
# php.deny=.* *~ #*# *.bak *.orig *.save *.swp *.swo *.old *.inc *.sql *.sqlite *.log *.env *.ini *.pem *.key composer.json composer.lock package.json package-lock.json yarn.lock /vendor/**/*.php

## What is served although deny has it, in the same notation: a name where that name itself is denied, or a path with all that is below it
# php.allow=.well-known

## Where scripts do not run (403), beside where a preset has it so, in the notation of deny: /wp-content/uploads, /files
# php.noExec=

## Directories outside the document root that symbolic links below it may lead to, absolute: /usr/share/javascript /etc/wordpress. Links elsewhere get 403
# php.allowedRoots=

## Directories, absolute, of which PHP may have a file sent in the place of its own body, without its worker: header('X-Sendfile: /srv/private/a.zip'). Other files get 404. Where neither this nor internalLocation is set, such headers mean nothing and are removed
# php.sendfileRoots=

## internalLocation./protected=/srv/private is the directory, absolute, behind what PHP names in X-Accel-Redirect or X-LiteSpeed-Location: /protected/a.zip. The longest one that fits counts; no client can ask for it
# php.internalLocation=NAME=value;NAME=value

## cacheControl.PATTERN=max-age=86400 is the Cache-Control of the plain files that PATTERN means, in the notation of deny: cacheControl.*.css, cacheControl./assets; the longest one that fits counts
# php.cacheControl=NAME=value;NAME=value

## Compressed siblings of plain files, such as site.css.br, that are sent to clients who take them, the best first: br (.br), zstd (.zst), gzip (.gz). By the main class, the library and the Jetty module only
# php.precompressed=br zstd gzip

## Whether a directory without an index shows what is in it, before the fallback: what would be served or run if it was asked for, and nothing else
# php.listing=false

## Whether .htaccess files are read: access control, rewriting, index, error pages, headers and variables, as far as applications ship them. The default is true in the main class, the library and the Jetty module. What deny, noExec and allowedRoots say stays stronger. With checkFile=false without effect
# php.htaccess=false

## Rules of mod_rewrite for the whole application, as they would stand in an .htaccess file of the document root and before those that are there, with htaccess=false too: RewriteRule ^old/(.*)$ /new/$1 [R=301,L]. RewriteRule, RewriteCond, RewriteBase, Redirect, RedirectMatch; a line each, or the flag given several times, or the absolute path of a file that has them, which is never served. A preset's rules come behind them. What is not understood is refused
# php.rewrite=

## Most connections open to PHP-FPM at once; ought to be pm.max_children of its pool, since each holds a worker. At least 1. Default: 32; with a private php-fpm always its workers
# php.maxConnections=

## How many idle connections are kept open for requests without a body; each holds a worker, and a request on one waits for what its script before still does behind fastcgi_finish_request(). 0: a connection for each request. At most maxConnections
# php.keepAlive=0

## How many requests may wait for a connection; the next one is answered 503 with Retry-After at once. 0: nobody waits
# php.queueSize=10000

## How long a request may wait for a connection before it is answered 503 with Retry-After. 0: without limit
# php.queueTimeout=30s

## How many requests of one client address may run at once; its others wait while those of other clients pass them. 0: without limit. Behind a proxy all clients have its address
# php.maxPerClient=0

## How long a stop waits for requests that run or wait, before they are ended. 0: not at all
# php.stopTimeout=30s

## Largest request body in bytes; a larger one is answered 413 before PHP is asked. 0: no limit. A private php-fpm gets the same as post_max_size and upload_max_filesize; a foreign one should have it
# php.maxRequestBody=1g

## Whether a request body is taken whole before PHP is asked. off: one of known length goes to PHP while it comes, and a slow client then holds a worker; one of unknown length is taken whole in any case
# php.requestBuffering=on

## How much of a request body is held in memory before the rest goes to a temporary file
# php.requestBuffer=64k

## How much of an answer that the client has not read yet is held in memory before the rest goes to a temporary file
# php.responseBuffer=256k

## How much of an answer that the client has not read yet may be in a temporary file; beyond it PHP waits for the client. 0: no file
# php.responseSpool=1g

## Most bytes of bodies on disk at once, of all requests and answers: beyond it uploads are answered 503 and answers make PHP wait. Default: 10g, or 80 % of what is free at start if that is less
# php.maxSpool=

## Most bytes of bodies in memory at once, of all requests and answers; beyond it they go to disk at once. Default: an eighth of the largest heap
# php.bufferMemory=

## Directory in which each server makes one of its own for temporary files; must exist and be writable. Default: the system's temporary directory (java.io.tmpdir)
# php.spoolDirectory=

## Names that this application has, such as example.org *.example.org; a request for another Host gets 421, one without Host 400. Without a port; case does not matter. Default: every name
# php.hosts=

## How long an upload may bring nothing; then 408. 0: without limit. In a foreign container its own limit may come first
# php.bodyTimeout=30s

## Fewest bytes a second that an upload may bring on average, bodyTimeout aside; a slower one gets 408. 0, or bodyTimeout=0: without limit
# php.minBodyRate=500

## How long a client may read nothing of its answer; then its connection is closed. 0: without limit. In a foreign container its own limit may come first
# php.sendTimeout=60s

## How long a request may take in all, from its head to the last byte of the answer; then 504, or an aborted answer. 0: without limit
# php.requestTimeout=0

## What becomes of a script whose client has left: stop ends it at its next output, finish lets it run to its end, also if it has not begun yet, unless the client has gone with a reset. Default: stop for GET and HEAD, finish for the rest
# php.onClientAbort=

## errorPage.404=/404.php is what is shown for 404, a script or a plain file, by its path below the context, with a query or not; errorPage.4xx and errorPage.5xx are for all of a class that have none of their own. The status stays, and REDIRECT_STATUS tells it to the script. For answers of the server's own, and for PHP's with interceptErrors
# php.errorPage=NAME=value;NAME=value

## Whether an answer of PHP is dropped, too, if its status has an errorPage (or an ErrorDocument), which is shown in its place; nginx's fastcgi_intercept_errors
# php.interceptErrors=false

## param.NAME=value sets the variable NAME for PHP, over any request header of that name; ${header:X}, ${attr:X} (request attribute) and ${env:X} are replaced; it is left out where all it consists of is missing from the request.
# php.param=NAME=value;NAME=value

## ini.NAME=value sets the PHP ini value NAME with every request (PHP_VALUE; a script may change it with ini_set); no placeholders; quotes are added where php.ini needs them; On, 128M and E_ALL & ~E_NOTICE mean what they mean there.
# php.ini=NAME=value;NAME=value

## adminIni.NAME=value is ini.NAME for values that scripts must not change (PHP_ADMIN_VALUE).
# php.adminIni=NAME=value;NAME=value

## Whether request headers with an underscore in their name reach PHP; where X_A and X-A are both sent, X-A wins. Off, because a client could otherwise imitate the headers that a proxy in front sets.
# php.underscoreHeaders=false

## The most bytes that the head of PHP's answer (status and headers) may have, at least 1k; above it the client gets 502.
# php.maxResponseHeader=256k

## The php-fpm binary, by name or path. Default: php-fpm, or the newest php-fpm8.x, on PATH or in the usual sbin directories
# php.phpFpm=

## Number of PHP workers of a private php-fpm, which is also its maxConnections. As in 2..16 it begins with 2, starts more when they are busy, up to 16, and ends them when they are idle. Default: four for each core as memory allows, at least 4 and at most 64
# php.workers=

## User the workers of a private php-fpm run as; only root can choose. Default: this process's own; for root the owner of the document root, or www-data if that is root
# php.user=
