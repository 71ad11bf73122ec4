#!/usr/bin/env bash
# Brings what the tests need from the system, then runs them all.
set -euo pipefail
cd "$(dirname "$0")/.."

# command it is known by, Debian package
needs=(chromium:chromium sqlite-library:libsqlite3-0 noto-cjk:fonts-noto-cjk tesseract:tesseract-ocr tesseract-chi_sim:tesseract-ocr-chi-sim tesseract-eng:tesseract-ocr-eng tesseract-HanS:tesseract-ocr-script-hans imagemagick:imagemagick)

missing=()
for need in "${needs[@]}"; do
  command=${need%%:*} package=${need#*:}
  case $command in
    sqlite-library) ldconfig -p 2>/dev/null | grep 'libsqlite3\.so\.0' >/dev/null || missing+=("$package") ;;
    tesseract-*) tesseract --list-langs 2>/dev/null | grep "\(^\|/\)${command#tesseract-}$" >/dev/null || missing+=("$package") ;;
    imagemagick) { /usr/bin/convert -version || magick -version; } 2>/dev/null | grep "^Version: ImageMagick" >/dev/null || missing+=("$package") ;;
    noto-cjk) ls /usr/share/fonts/opentype/noto/NotoSansCJK* >/dev/null 2>&1 || missing+=("$package") ;;
    *) command -v "$command" >/dev/null || missing+=("$package") ;;
  esac
done

if [ ${#missing[@]} -gt 0 ]; then
  as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    if sudo -n true 2>/dev/null; then as_root=(sudo -n); else as_root=(false); fi
  fi
  if command -v apt-get >/dev/null && { [ ${#as_root[@]} -eq 0 ] || [ "${as_root[0]}" = sudo ]; }; then
    echo "Installing: ${missing[*]}"
    "${as_root[@]}" apt-get update -q >/dev/null
    DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -q -y --no-install-recommends "${missing[@]}" >/dev/null
  else
    echo "Not installed, and not installable from here: ${missing[*]}. Tests that need them are skipped." >&2
  fi
fi

exec dotnet test CrmAi.sln --nologo "$@"
