<?php
declare(strict_types=1);

// A session: login and logout, a guest book, a counter. Every form carries a token, and every change ends with a redirect.

require __DIR__ . '/WEB-INF/php/page.php';
require __DIR__ . '/WEB-INF/php/visitor.php';

/** Does what the form asks for. Returns what is wrong with it; null if nothing is. */
function act(): ?string
{
    if (!hasOurToken()) {
        return 'The form has expired. Please send it again.';
    }
    if (field('action') === 'log-in') {
        return logIn(field('name'), field('password'));
    }
    if (field('action') === 'log-out') {
        becomes(null);
        return null;
    }
    return writeDown(trim(field('text')));
}

function logIn(string $name, string $password): ?string
{
    if (!isKnown($name, $password)) {
        return 'That name and password do not belong together.';
    }
    becomes($name);
    return null;
}

function writeDown(string $text): ?string
{
    if ($_SESSION['name'] === null) {
        return 'Please log in first.';
    }
    // Characters, not bytes; what is no UTF-8 has none.
    if (preg_match('/^.{1,200}$/us', $text) !== 1) {
        return 'Please write between 1 and 200 characters.';
    }
    remember($text);
    return null;
}

startSession();
$error = null;
if ($_SERVER['REQUEST_METHOD'] === 'POST') {
    $error = act();
    if ($error === null) {
        header('Location: ' . url('/session.php'), true, 303);
        exit;
    }
    http_response_code(422);
} else {
    $_SESSION['visits']++;
}
header('Cache-Control: no-store');

top('Session');
?>
<p class="big"><?= $_SESSION['visits'] === 1
    ? 'Welcome. This is your first visit in this session.'
    : 'You have opened this page ' . e($_SESSION['visits']) . ' times in this session.' ?></p>
<?php if ($error !== null): ?>
<p class="error" role="alert"><?= e($error) ?></p>
<?php endif ?>
<?php require __DIR__ . '/WEB-INF/php/pages/' . ($_SESSION['name'] === null ? 'login.php' : 'guest-book.php');
bottom();
