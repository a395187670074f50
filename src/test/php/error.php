<?php echo "error page for ", $_SERVER["REQUEST_URI"], " ", $_SERVER["REQUEST_METHOD"];
