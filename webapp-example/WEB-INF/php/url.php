<?php
declare(strict_types=1);

/**
 * The path under which the application appears: '' or, deployed as example.war, '/example'.
 *
 * It is what SCRIPT_NAME has before the script's own place in the application, and so needs no variable beyond CGI's.
 */
function base(): string
{
    $application = dirname(__DIR__, 2);
    $script = substr((string) realpath($_SERVER['SCRIPT_FILENAME']), strlen($application));

    return substr($_SERVER['SCRIPT_NAME'], 0, -strlen($script));
}

/** The address of a path of this application ('/articles'), percent-encoded, for a link or a Location. */
function url(string $path): string
{
    return implode('/', array_map(rawurlencode(...), explode('/', base() . $path)));
}

/** What was asked for, decoded and below the base, without the query: '/articles/some-title'. */
function requestPath(): string
{
    [$path] = explode('?', $_SERVER['REQUEST_URI'], 2);

    return substr(rawurldecode($path), strlen(base()));
}
