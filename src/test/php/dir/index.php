<?php echo "index of dir ", $_SERVER["SCRIPT_NAME"], " ", $_SERVER["QUERY_STRING"];
