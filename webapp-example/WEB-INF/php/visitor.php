<?php
declare(strict_types=1);

/** The visitor's session: who is logged in, what was written, and the token that each form of ours carries. */

function startSession(): void
{
    session_start([
        'name' => 'EXAMPLE_SESSION',
        'cookie_path' => url('/'),
        'cookie_secure' => isset($_SERVER['HTTPS']),
        'cookie_httponly' => true,
        'cookie_samesite' => 'Lax',
        'use_strict_mode' => true,
    ]);
    $_SESSION += ['token' => bin2hex(random_bytes(16)), 'name' => null, 'visits' => 0, 'guestBook' => []];
}

/** Whether the form that was sent is one of ours, and not another site's (CSRF). */
function hasOurToken(): bool
{
    return hash_equals($_SESSION['token'], field('token'));
}

/** A name that is not there takes as long as a wrong password: nobody learns which names exist. */
function isKnown(string $name, string $password): bool
{
    $accounts = require __DIR__ . '/accounts.php';
    $matches = password_verify($password, $accounts[$name] ?? reset($accounts));

    return $matches && isset($accounts[$name]);
}

/**
 * Logs in, or with null out. A new session id when rights change: one that somebody planted or saw before is worth nothing now. Nor does what
 * one visitor wrote wait for the next one at the same browser.
 */
function becomes(?string $name): void
{
    session_regenerate_id(true);
    $_SESSION['token'] = bin2hex(random_bytes(16));
    $_SESSION['guestBook'] = [];
    $_SESSION['name'] = $name;
}

/** Adds an entry to the guest book, the newest first, and lets the oldest go. */
function remember(string $text): void
{
    $entry = ['text' => $text, 'time' => time()];
    $_SESSION['guestBook'] = array_slice([$entry, ...$_SESSION['guestBook']], 0, 10);
}
