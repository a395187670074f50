<?php
declare(strict_types=1);
require __DIR__ . '/WEB-INF/php/page.php';

// The front controller: the fallback sends every URL here that is no file.
$path = rawurldecode(substr(strtok($_SERVER['REQUEST_URI'], '?'), strlen(base())));
match (true) {
    $path === '/' || $path === '/index.php' => home(),
    $path === '/articles' || $path === '/articles/' => articles(),
    str_starts_with($path, '/articles/') => article(substr($path, strlen('/articles/'))),
    default => notFound($path),
};

function home(): void
{
    top('PHP, served by Java');
    ?>
<p class="big">This page is PHP. It was served by Jetty, a Java server, which handed it to a PHP-FPM worker.</p>
<figure>
  <?php readfile(__DIR__ . '/assets/way.svg') ?>
  <figcaption>The way of a request. Only the last step holds a PHP worker, and only while PHP works.</figcaption>
</figure>
<ul class="cards">
  <li><a href="<?= e(base()) ?>/variables.php"><strong>Variables</strong> what PHP knows of your request</a></li>
  <li><a href="<?= e(base()) ?>/session.php"><strong>Session</strong> a form, a login, a counter</a></li>
  <li><a href="<?= e(base()) ?>/upload.php"><strong>Upload</strong> a file and its checksum</a></li>
  <li><a href="<?= e(base()) ?>/articles"><strong>Pretty URLs</strong> a front controller</a></li>
  <li><a href="<?= e(base()) ?>/stream.php"><strong>Streaming</strong> what PHP flushes arrives at once</a></li>
  <li><a href="<?= e(base()) ?>/java/page"><strong>Java and PHP</strong> in one application</a></li>
</ul>
<?php
    bottom();
}

function articles(): void
{
    top('Pretty URLs');
    echo '<p>None of these URLs is a file. The setting <code>fallback=/index.php</code> sends them to the front controller.</p><ul>';
    foreach (require __DIR__ . '/WEB-INF/php/articles.php' as $slug => [$title]) {
        printf('<li><a href="%s/articles/%s">%s</a></li>', e(base()), e($slug), e($title));
    }
    printf('<li><a href="%s/articles/not-written">One that is not there</a></li></ul>', e(base()));
    bottom();
}

function article(string $slug): void
{
    $found = (require __DIR__ . '/WEB-INF/php/articles.php')[$slug] ?? null;
    if ($found === null) {
        notFound('/articles/' . $slug);
        return;
    }
    [$title, $text] = $found;
    top($title);
    printf('<p>%s</p><p class="note"><code>REQUEST_URI</code> is <code>%s</code>, <code>SCRIPT_NAME</code> is <code>%s</code>.</p><p><a href="%s/articles">All articles</a></p>',
        e($text), e($_SERVER['REQUEST_URI']), e($_SERVER['SCRIPT_NAME']), e(base()));
    bottom();
}

function notFound(string $path): void
{
    http_response_code(404);
    top('Not found');
    printf('<p>There is nothing at <code>%s</code>. The status is 404, and this page is PHP\'s own.</p>', e($path));
    bottom();
}
