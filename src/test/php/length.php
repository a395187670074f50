<?php header("Content-Length: " . $_GET["n"]); echo "hello";
