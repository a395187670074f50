<?php
declare(strict_types=1);

/**
 * The variables that are shown, by name: $_SERVER also has the environment of the worker, which may hold secrets.
 *
 * @return array<string, array<string, string>> heading => name => meaning
 */
function variableGroups(): array
{
    return [
        'The request' => [
            'REQUEST_METHOD' => 'what the client wants',
            'REQUEST_URI' => 'path and query as they were sent, not decoded',
            'QUERY_STRING' => 'what follows the question mark',
            'CONTENT_TYPE' => 'of the body, if there is one',
            'CONTENT_LENGTH' => 'of the body, complete even if it came in chunks',
            'REQUEST_SCHEME' => 'http or https',
            'HTTPS' => '"on", or absent',
            'SERVER_PROTOCOL' => 'the version of HTTP',
        ],
        'The script' => [
            'SCRIPT_NAME' => 'the URL of the script, without path info',
            'SCRIPT_FILENAME' => 'the file that PHP-FPM was told to run',
            'PATH_INFO' => 'what follows the script in the URL, decoded',
            'PATH_TRANSLATED' => 'the path info as a file',
            'PHP_SELF' => 'script and path info, put together by PHP',
            'DOCUMENT_ROOT' => 'the directory of the application',
            'CONTEXT_PREFIX' => 'the path under which the application appears',
        ],
        'Client and server' => [
            'REMOTE_ADDR' => 'who asks',
            'REMOTE_PORT' => 'and from which port',
            'REMOTE_USER' => 'the login of the Java side, if there is one',
            'SERVER_NAME' => 'the host in the URL',
            'SERVER_ADDR' => 'the address that was reached',
            'SERVER_PORT' => 'the port in the URL',
            'SERVER_SOFTWARE' => 'who speaks to PHP-FPM',
            'GATEWAY_INTERFACE' => 'the version of CGI',
        ],
        'From the settings' => [
            'JAVA_GREETING' => 'php.param.JAVA_GREETING=${attr:greeting}',
        ],
    ];
}

/**
 * The headers under the names that PHP gives them. Asked for as headers: HTTP_PROXY in the worker's environment, say, is none.
 *
 * @return array<string, string> name => value, hidden where it may be a credential
 */
function headerVariables(): array
{
    $shown = [];
    foreach (getallheaders() as $name => $value) {
        $secret = preg_match('/cookie|auth|token|secret|key|passw|session|signature|jwt/i', $name) === 1;
        $shown['HTTP_' . strtoupper(strtr($name, '-', '_'))] = $secret ? '(hidden, ' . size(strlen($value)) . ')' : $value;
    }

    return $shown;
}
