<?php $n = (int) $_GET["kb"]; for ($i = 0; $i < $n; $i++) echo str_repeat("0123456789abcdef", 64);
