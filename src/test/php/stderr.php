<?php error_log("said to the error stream"); echo "ok";
