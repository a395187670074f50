<?php
declare(strict_types=1);

http_response_code(404);
top('Not found');
?>
<p class="big">There is nothing at <code><?= e(requestPath()) ?></code>.</p>
<p>The status is 404, and this page is PHP's own.</p>
<p><a href="<?= e(url('/')) ?>">Back to the beginning</a></p>
<?php bottom();
