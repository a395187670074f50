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
## Path under which the application appears
# php.contextPath=/

## Where PHP-FPM listens: 127.0.0.1:9000, [::1]:9000, 9000, /run/php/php8.2-fpm.sock, unix:/path, fcgi://host:9000, proxy:unix:/path|fcgi://localhost/; 'private' starts one of our own. Default: the main class starts a private one, a web application must say
# php.target=

## How long connecting to PHP-FPM may take. 0: without limit
# php.connectTimeout=5s

## How long PHP may be silent: until the first byte of its answer and between two bytes; then 504. 0: without limit
# php.responseTimeout=60s

## Directory of the application, as this server sees it. Default: the DIR argument, or the web application's own directory
# php.documentRoot=

## The same directory as PHP-FPM sees it, where that differs (another machine or container). Default: documentRoot
# php.scriptRoot=

## Endings, without the dot, of the files that are scripts; case matters. PHP-FPM's security.limit_extensions must have them too
# php.scriptExtensions=php

## Whether a script must exist as a regular file here; false where the files are on PHP-FPM's side only
# php.checkFile=true

## Files that answer for a directory; the first one that exists
# php.index=index.php index.html

## What answers a URL that is no file (front controller): /index.php, /index.php$path with the path as PATH_INFO, or /index.php?q=$path
# php.fallback=

## Most connections open to PHP-FPM at once; ought to be pm.max_children of its pool, since each holds a worker. At least 1. Default: 32; with a private php-fpm always its workers
# php.maxConnections=

## How many idle connections are kept open for requests without a body; each holds a worker. 0: a connection for each request. At most maxConnections
# php.keepAlive=0

## How many requests may wait for a connection; the next one is answered 503 with Retry-After at once. 0: nobody waits
# php.queueSize=10000

## How long a request may wait for a connection before it is answered 503 with Retry-After. 0: without limit
# php.queueTimeout=30s

## Largest request body in bytes; a larger one is answered 413 before PHP is asked. 0: no limit. A private php-fpm gets the same as post_max_size and upload_max_filesize; a foreign one should have it
# php.maxRequestBody=1g

## How much of a request body is held in memory before the rest goes to a temporary file
# php.requestBuffer=64k

## How much of an answer that the client has not read yet is held in memory before the rest goes to a temporary file
# php.responseBuffer=256k

## Directory of the temporary files; must exist and be writable. Default: the system's temporary directory (java.io.tmpdir)
# php.spoolDirectory=

## Own variables: param.NAME=value, with the placeholders ${header:X}, ${attr:X} (a request attribute) and ${env:X}; wins over a variable of the same name. Not PHP_VALUE, PHP_ADMIN_VALUE, SCRIPT_FILENAME, REQUEST_BODY_FILE
# php.param=NAME=value;NAME=value

## php.ini values that scripts may change: ini.NAME=value; sent with every request as PHP_VALUE
# php.ini=NAME=value;NAME=value

## php.ini values that scripts cannot change: adminIni.NAME=value; sent with every request as PHP_ADMIN_VALUE
# php.adminIni=NAME=value;NAME=value

## Whether request headers with an underscore in their name are passed on; PHP cannot tell X_A from X-A, so they can forge one another
# php.underscoreHeaders=false

## Largest head of an answer in bytes; a larger one is answered 502
# php.maxResponseHeader=256k

## The php-fpm binary, by name or path. Default: php-fpm, or the newest php-fpm8.x, on PATH or in the usual sbin directories
# php.phpFpm=

## Number of PHP workers of a private php-fpm, which is also its maxConnections. Default: four for each core as memory allows, at least 4
# php.workers=

## User the workers of a private php-fpm run as; only root can choose. Default: this process's own; for root the owner of the document root, or www-data if that is root
# php.user=
