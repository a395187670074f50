<?php // Has a file sent: ?NAME=VALUE are headers.
foreach ($_GET as $name => $value) { header("$name: $value"); }
setcookie('seen', '1');
echo 'BODY OF PHP';
