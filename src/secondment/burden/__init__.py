"""The register of forms (表单清单): what everything that is asked costs whom, before it is asked."""
