# Ends what a killed supervisor leaves behind. The supervisor writes `add N` and `drop N` for the
# process groups that it starts and sees end; when its end of the pipe closes, the groups that are
# left are told to stop, and killed if they do not.
trap '' INT TERM HUP
groups=''
while read -r word group; do
  case $word in
    add) groups="$groups $group" ;;
    drop)
      left=''
      for each in $groups; do [ "$each" = "$group" ] || left="$left $each"; done
      groups=$left
      ;;
  esac
done
[ -n "$groups" ] || exit 0
for each in $groups; do kill -TERM "-$each" 2>/dev/null; done
tries=0
while [ "$tries" -lt 50 ]; do
  alive=''
  for each in $groups; do kill -0 "-$each" 2>/dev/null && alive="$alive $each"; done
  [ -n "$alive" ] || exit 0
  sleep 0.1
  tries=$((tries + 1))
done
for each in $alive; do kill -KILL "-$each" 2>/dev/null; done
