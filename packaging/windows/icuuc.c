/* Of the test prefix alone: Windows 10 and later has icuuc.dll, and Wine has none. Qt asks it for text encodings that it
   does not know by itself; here there are none. packaging/windows.sh adds whatever else Qt imports, which does nothing. */
__declspec(dllexport) void *ucnv_open(const char *name, int *error) {
  (void)name;
  *error = 4; /* U_FILE_ACCESS_ERROR */
  return 0;
}
int __stdcall DllMainCRTStartup(void *instance, unsigned reason, void *reserved) {
  (void)instance, (void)reason, (void)reserved;
  return 1;
}
