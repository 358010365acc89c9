/*
 * Asks libdpkg for the order of versions: lines "a<TAB>b" on stdin, one line each on stdout:
 * -1, 0 or 1, or "!" where dpkg refuses one of the two.
 */
#define LIBDPKG_VOLATILE_API 1
#include <dpkg/dpkg-db.h>
#include <dpkg/dpkg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int read_version(struct dpkg_version *version, const char *text) {
  struct dpkg_error error = DPKG_ERROR_INIT;
  /* A warning says that the version is odd; dpkg goes on with it. */
  return parseversion(version, text, &error) == 0 || error.type == DPKG_MSG_WARN;
}

int main(void) {
  char *line = NULL;
  size_t size = 0;
  ssize_t length;
  while ((length = getline(&line, &size, stdin)) > 0) {
    struct dpkg_version a, b;
    char *tab;
    if (line[length - 1] == '\n') line[length - 1] = '\0';
    tab = strchr(line, '\t');
    if (tab == NULL) return 2;
    *tab = '\0';
    if (!read_version(&a, line) || !read_version(&b, tab + 1)) {
      puts("!");
      continue;
    }
    int order = dpkg_version_compare(&a, &b);
    printf("%d\n", (order > 0) - (order < 0));
  }
  free(line);
  return 0;
}
